namespace SiameseGen.Compiler.Model;

/// <summary>One attribute: an input, a layer or a loss.</summary>
/// <param name="Kind">The attribute's name without <c>Attribute</c>, such as <c>Conv2D</c>.</param>
/// <param name="Arguments">Arguments that are set; what is absent has its default.</param>
/// <param name="Index">The position in the model's list.</param>
public sealed record AttributeModel(string Kind, EquatableArray<ArgumentModel> Arguments, int Index)
{
    /// <summary>The blocks that type arguments name, as indices into the model's <see cref="EncoderModel.Blocks"/>.</summary>
    public EquatableArray<int> Blocks { get; init; }

    /// <summary>The type that a type argument names and that is no block, as any code can write it; null when there is none.</summary>
    public string? TypeName { get; init; }

    /// <summary>The block it stands in, once the block is put into a model; null for an attribute of the model's own.</summary>
    public BlockOrigin? Origin { get; init; }

    /// <summary>The attribute that stands for several layers of which this is one; null for one that the user wrote.</summary>
    public AttributeModel? PartOf { get; init; }

    /// <summary>The value of an argument, or a default when it is not set.</summary>
    /// <param name="name">The constructor parameter (<c>filters</c>) or property (<c>Kernel</c>).</param>
    /// <param name="otherwise">The default.</param>
    /// <typeparam name="T">The argument's type; enumerations are <see cref="int"/>s.</typeparam>
    public T Get<T>(string name, T otherwise)
    {
        foreach (ArgumentModel argument in Arguments)
        {
            if (argument.Name == name && argument.Value is T value)
                return value;
        }

        return otherwise;
    }

    /// <summary>Whether an argument is set.</summary>
    /// <param name="name">The constructor parameter or property.</param>
    public bool Has(string name) => Arguments.Any(argument => argument.Name == name);
}

/// <summary>One argument of an attribute.</summary>
/// <param name="Name">The constructor's parameter (<c>filters</c>) for a positional argument, the property (<c>Kernel</c>) for a named one.</param>
/// <param name="Value">An <see cref="int"/> (enumerations too), <see cref="long"/>, <see cref="float"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>.</param>
public sealed record ArgumentModel(string Name, object Value);

/// <summary>Where an attribute of a block is written. <see cref="AttributeModel.Index"/> then is that of the model's attribute that put the block in.</summary>
/// <param name="Block">The block's index in the model's <see cref="EncoderModel.Blocks"/>.</param>
/// <param name="Attribute">The attribute's position in the block.</param>
/// <param name="Name">The block's name.</param>
public sealed record BlockOrigin(int Block, int Attribute, string Name);
