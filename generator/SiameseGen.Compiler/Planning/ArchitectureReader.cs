using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Layers.Composition;
using SiameseGen.Compiler.Model;
using static System.FormattableString;

namespace SiameseGen.Compiler.Planning;

/// <summary>
/// Finds the attributes that mean an architecture's text. Branches that part at a line and join at a later one are blocks, which are found from the end: the
/// line at which a join's branches part is the last one that both of them come through.
/// </summary>
internal sealed class ArchitectureReader
{
    // Nobody writes blocks as deep within blocks; a text that somebody made up must not use up the stack.
    private const int Deepest = 128;

    private readonly ArchitectureLine[] _lines;
    private readonly int[] _gates;
    private readonly bool[] _used;
    private readonly List<BlockModel> _blocks = [];
    private int _depth;

    /// <summary>Prepares to read.</summary>
    /// <param name="lines">The lines, the input's first.</param>
    public ArchitectureReader(ArchitectureLine[] lines)
    {
        _lines = lines;
        _used = new bool[lines.Length];
        _gates = new int[lines.Length];
        foreach (ArchitectureLine line in lines.Skip(1))
            _gates[line.Number] = line.Branch is { } branch ? Common(line.Source, branch) : line.Source;
    }

    /// <summary>The blocks that were found.</summary>
    public IReadOnlyList<BlockModel> Blocks => _blocks;

    /// <summary>The attributes of the whole model.</summary>
    public EquatableArray<AttributeModel> Model()
    {
        ArchitectureLine input = _lines[0];
        InputKind kind = InputKind.All.FirstOrDefault(kind => kind.Keyword == input.Keyword) ?? throw input.Broken("'image' or 'features' was expected");
        return Numbered([new AttributeModel(kind.Name, kind.Read(input).ToEquatableArray(), 0), .. Layers(0, _lines.Length - 1)]);
    }

    /// <summary>The attributes of the layers from one place to another.</summary>
    /// <param name="start">The number of the line before the first.</param>
    /// <param name="end">The number of the last line.</param>
    /// <returns>At least one attribute.</returns>
    public IReadOnlyList<AttributeModel> Layers(int start, int end)
    {
        // What has no line had a layer that does nothing to an embedding.
        if (start == end)
            return [new AttributeModel("Dropout", EquatableArray.Of(new ArgumentModel("rate", 0f)), 0)];
        List<AttributeModel> layers = [];
        if (_depth++ == Deepest)
            throw _lines[end].Broken("branches are too deep within branches");
        for (int line = end; line != start; line = _gates[line])
        {
            if (line < start || _used[line])
                throw _lines[end].Broken("a branch that is a block of its own was expected");
            _used[line] = true;
            layers.Insert(0, Attribute(_lines[line]));
        }

        _depth--;
        return layers;
    }

    /// <summary>Makes a block of the layers from one place to another.</summary>
    /// <param name="start">The number of the line before the first.</param>
    /// <param name="end">The number of the last line.</param>
    /// <returns>The block's index.</returns>
    public int Block(int start, int end)
    {
        EquatableArray<AttributeModel> layers = Numbered(Layers(start, end));
        _blocks.Add(new BlockModel(Invariant($"Block{_blocks.Count + 1}"), layers));
        return _blocks.Count - 1;
    }

    private AttributeModel Attribute(ArchitectureLine line)
    {
        if (line.Branch is { } branch)
        {
            CompositeKind join = CompositeCatalogue.All.FirstOrDefault(kind => kind.Keyword == line.Keyword) ?? throw line.Broken("a layer that joins two branches was expected");
            return join.Read(line, _gates[line.Number], branch, this);
        }

        LayerKind kind = LayerCatalogue.All.FirstOrDefault(kind => kind.Keyword == line.Keyword) ?? throw line.Broken($"'{line.Keyword}' is no layer");
        return new AttributeModel(kind.Name, kind.Read(line).ToEquatableArray(), 0);
    }

    // Each line's gate is before it, so the later one of two goes back until they meet.
    private int Common(int one, int other)
    {
        while (one != other)
            (one, other) = one > other ? (_gates[one], other) : (one, _gates[other]);
        return one;
    }

    private static EquatableArray<AttributeModel> Numbered(IEnumerable<AttributeModel> attributes) =>
        attributes.Select((attribute, index) => attribute with { Index = index }).ToEquatableArray();
}
