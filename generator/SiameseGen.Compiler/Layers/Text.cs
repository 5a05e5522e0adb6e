using System.Globalization;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Layers;

/// <summary>Attributes and numbers as messages, plans and generated code write them.</summary>
internal static class Text
{
    /// <summary>An attribute with its positional arguments, such as <c>Dense(64)</c>.</summary>
    /// <param name="attribute">The attribute.</param>
    public static string Brief(AttributeModel attribute) => Declared(attribute, attribute.Arguments.Where(IsPositional));

    /// <summary>An attribute with all arguments that are set, such as <c>Conv2D(64, Kernel = 5)</c>.</summary>
    /// <param name="attribute">The attribute.</param>
    public static string Full(AttributeModel attribute) => Declared(attribute, attribute.Arguments);

    /// <summary>A number with all its digits, in C#'s notation, the same in every culture.</summary>
    /// <param name="value">The number.</param>
    public static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>An integer, the same in every culture.</summary>
    /// <param name="value">The integer.</param>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A literal of type <c>float</c>.</summary>
    /// <param name="value">A finite number.</param>
    public static string Literal(float value) => Number(value) + "f";

    private static string Declared(AttributeModel attribute, IEnumerable<ArgumentModel> arguments)
    {
        string list = string.Join(", ", arguments.Select(argument => IsPositional(argument) ? Value(argument) : $"{argument.Name} = {Value(argument)}"));
        return list.Length == 0 ? attribute.Kind : $"{attribute.Kind}({list})";
    }

    // Parameters of constructors are camelCase, properties PascalCase.
    private static bool IsPositional(ArgumentModel argument) => char.IsLower(argument.Name[0]);

    private static string Value(ArgumentModel argument) => argument.Value switch
    {
        float value => Number(value),
        bool value => value ? "true" : "false",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        object value => value.ToString(),
    };
}
