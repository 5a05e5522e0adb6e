using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Layers;

/// <summary>What a layer is called: its kind and a number that counts those of the kind, after the names of the blocks around it.</summary>
/// <param name="Text">As tensors and tables have it, such as <c>stem1.conv2d1</c>.</param>
/// <param name="Class">As the generated class has it, such as <c>Stem1_Conv2D1</c>.</param>
internal sealed record LayerName(string Text, string Class);

/// <summary>Names layers: the whole model is one scope, and each block that is put in is another within it.</summary>
/// <param name="around">The block's own name; null for the model.</param>
/// <param name="classes">Names of classes that are taken: the underscores of users' names could look like ours.</param>
internal sealed class NameScope(LayerName? around, HashSet<string> classes)
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly HashSet<string> _taken = [];

    /// <summary>The scope of a whole model.</summary>
    public NameScope()
        : this(null, [])
    {
    }

    /// <summary>Names the next layer or block of a kind.</summary>
    /// <param name="kind">The layer's kind or the block's name.</param>
    public LayerName Next(string kind)
    {
        string text = kind.ToLowerInvariant();
        int number = _numbers.TryGetValue(text, out int last) ? last : 0;
        do
            number++;
        while (!_taken.Add(text + Layers.Text.Number(number)));
        _numbers[text] = number;
        return Within(text + Layers.Text.Number(number), kind + Layers.Text.Number(number));
    }

    /// <summary>Takes a name that the user gave.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The whole name; null when it is taken.</returns>
    public LayerName? Given(string name) => _taken.Add(name.ToLowerInvariant()) ? Within(name, char.ToUpperInvariant(name[0]) + name.Substring(1)) : null;

    /// <summary>The scope of a block.</summary>
    /// <param name="name">The block's name, of this scope.</param>
    public NameScope Block(LayerName name) => new(name, classes);

    private LayerName Within(string text, string type)
    {
        string full = around is null ? type : $"{around.Class}_{type}";
        while (!classes.Add(full))
            full += "_";
        return new LayerName(around is null ? text : $"{around.Text}.{text}", full);
    }
}
