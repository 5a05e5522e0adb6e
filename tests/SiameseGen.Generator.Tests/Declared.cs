using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Tests;

/// <summary>Models from attributes as users write them. Reads the text alone, with literals as arguments, and knows nothing of the generator's own parser.</summary>
internal static class Declared
{
    /// <summary>Makes a model.</summary>
    /// <param name="attributes">Attribute lists, such as <c>[Image(28, 28)] [Flatten, Dense(64)]</c>.</param>
    /// <param name="name">The class's name.</param>
    public static EncoderModel Model(string attributes, string name = "Encoder")
    {
        CompilationUnitSyntax root = SyntaxFactory.ParseCompilationUnit($"{attributes} class C;");
        Assert(!root.ContainsDiagnostics, attributes);
        IEnumerable<AttributeSyntax> list = root.DescendantNodes().OfType<AttributeSyntax>();
        return new EncoderModel(
            "Demo", default, name, false, list.Select(Attribute).ToEquatableArray(), default);
    }

    private static AttributeModel Attribute(AttributeSyntax syntax, int index)
    {
        string kind = syntax.Name.ToString();
        Type type = typeof(EncoderAttribute).Assembly.GetType($"SiameseGen.{kind}Attribute", throwOnError: true)!;
        ParameterInfo[] parameters = type.GetConstructors().Single().GetParameters();
        IEnumerable<AttributeArgumentSyntax> arguments = syntax.ArgumentList?.Arguments ?? [];
        return new AttributeModel(kind, arguments.Select((argument, position) => Argument(type, parameters, argument, position)).ToEquatableArray(), index);
    }

    private static ArgumentModel Argument(Type type, ParameterInfo[] parameters, AttributeArgumentSyntax argument, int position) =>
        argument.NameEquals is { } named
            ? new ArgumentModel(named.Name.ToString(), Value(argument.Expression.ToString(), type.GetProperty(named.Name.ToString())!.PropertyType))
            : new ArgumentModel(parameters[position].Name!, Value(argument.Expression.ToString(), parameters[position].ParameterType));

    private static object Value(string text, Type type)
    {
        if (type.IsEnum)
            return int.TryParse(text[(text.LastIndexOf(')') + 1)..], CultureInfo.InvariantCulture, out int member) ? member : (int)Enum.Parse(type, text.Split('.')[^1]);
        return text switch
        {
            "float.NaN" => float.NaN,
            "float.PositiveInfinity" => float.PositiveInfinity,
            _ => Convert.ChangeType(type == typeof(bool) ? text : text.TrimEnd('f'), type, CultureInfo.InvariantCulture),
        };
    }

    private static void Assert(bool condition, string text)
    {
        if (!condition)
            throw new ArgumentException($"These are no attributes: {text}");
    }
}
