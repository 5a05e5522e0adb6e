using System.Globalization;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Layers;

/// <summary>Attributes and numbers as messages, plans and generated code write them.</summary>
internal static class Text
{
    /// <summary>An attribute with its positional arguments, such as <c>Dense(64)</c>.</summary>
    /// <param name="attribute">The attribute.</param>
    public static string Brief(AttributeModel attribute)
    {
        // Parameters of constructors are camelCase, properties PascalCase.
        string list = string.Join(", ", attribute.Arguments.Where(argument => char.IsLower(argument.Name[0])).Select(Value));
        return list.Length == 0 ? attribute.Kind : $"{attribute.Kind}({list})";
    }

    /// <summary>A number with all its digits, in C#'s notation, the same in every culture.</summary>
    /// <param name="value">The number.</param>
    public static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>An integer, the same in every culture.</summary>
    /// <param name="value">The integer.</param>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A literal of type <c>float</c>.</summary>
    /// <param name="value">A finite number.</param>
    public static string Literal(float value) => Number(value) + "f";

    private static string Value(ArgumentModel argument) => argument.Value switch
    {
        float value => Number(value),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        object value => value.ToString(),
    };
}
