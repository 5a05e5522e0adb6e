namespace SiameseGen.Compiler.Model;

/// <summary>One attribute: an input, a layer or a loss.</summary>
/// <param name="Kind">The attribute's name without <c>Attribute</c>, such as <c>Conv2D</c>.</param>
/// <param name="Arguments">Arguments that are set; what is absent has its default.</param>
/// <param name="Index">The position in the model's list.</param>
public sealed record AttributeModel(string Kind, EquatableArray<ArgumentModel> Arguments, int Index)
{
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
/// <param name="Value">An <see cref="int"/> (enumerations too), <see cref="float"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>.</param>
public sealed record ArgumentModel(string Name, object Value);
