using System.Globalization;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Layers;

/// <summary>Attributes and numbers as messages, plans and generated code write them.</summary>
internal static class Text
{
    private static readonly string[] Precisions = ["G7", "G8"];

    /// <summary>An attribute with its positional arguments, such as <c>Dense(64)</c>; that of a block says so, as <c>Dense(64) in Head</c>.</summary>
    /// <param name="attribute">The attribute.</param>
    public static string Brief(AttributeModel attribute)
    {
        if (attribute.PartOf is { } whole)
            return Brief(whole);
        // Parameters of constructors are camelCase, properties PascalCase.
        string list = string.Join(", ", attribute.Arguments.Where(argument => char.IsLower(argument.Name[0])).Select(Value));
        string own = list.Length == 0 ? attribute.Kind : $"{attribute.Kind}({list})";
        return attribute.Origin is null ? own : $"{own} in {attribute.Origin.Name}";
    }

    /// <summary>
    /// A number with as many digits as tell it from all others, in C#'s notation, the same in every culture and on every runtime. Weights know
    /// their architecture by this text, but "R" depends on the runtime that the compiler runs on. There is one zero.
    /// </summary>
    /// <param name="value">The number.</param>
    public static string Number(float value)
    {
        if (value == 0f)
            return "0";
        foreach (string format in Precisions)
        {
            string text = value.ToString(format, CultureInfo.InvariantCulture);
            if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float read) && read.Equals(value))
                return text;
        }

        return value.ToString("G9", CultureInfo.InvariantCulture);
    }

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
