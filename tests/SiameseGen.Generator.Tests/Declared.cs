using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Tests;

/// <summary>Models from attributes as users write them. Reads the text alone, with literals as arguments, and knows nothing of the generator's own parser.</summary>
internal static class Declared
{
    private const string LastClass = "C";

    /// <summary>Makes a model.</summary>
    /// <param name="attributes">Attribute lists, such as <c>[Image(28, 28)] [Flatten, Dense(64)]</c>; blocks may stand before them, as <c>[Block, ReLU] class Stage;</c>.</param>
    /// <param name="name">The class's name.</param>
    public static EncoderModel Model(string attributes, string name = "Encoder")
    {
        CompilationUnitSyntax root = SyntaxFactory.ParseCompilationUnit($"{attributes} class {LastClass};");
        Assert(!root.ContainsDiagnostics, attributes);
        ClassDeclarationSyntax[] classes = [.. root.Members.Cast<ClassDeclarationSyntax>()];
        string[] blocks = [.. classes[..^1].Select(block => block.Identifier.Text)];
        return new EncoderModel("Demo", default, name, false, Attributes(classes[^1], blocks), default)
        {
            Blocks = classes[..^1].Select(block => new BlockModel(block.Identifier.Text, Attributes(block, blocks))
            {
                IsMarked = AttributesOf(block).Any(attribute => attribute.Name.ToString() == "Block"),
            }).ToEquatableArray(),
        };
    }

    private static IEnumerable<AttributeSyntax> AttributesOf(ClassDeclarationSyntax declaration) => declaration.AttributeLists.SelectMany(list => list.Attributes);

    private static EquatableArray<AttributeModel> Attributes(ClassDeclarationSyntax declaration, string[] blocks) => AttributesOf(declaration)
        .Where(attribute => attribute.Name.ToString() is not "Block").Select((attribute, index) => Attribute(attribute, index, blocks)).ToEquatableArray();

    private static AttributeModel Attribute(AttributeSyntax syntax, int index, string[] blocks)
    {
        string kind = ((SimpleNameSyntax)syntax.Name).Identifier.Text;
        string[] named = syntax.Name is GenericNameSyntax generic ? [.. generic.TypeArgumentList.Arguments.Select(argument => argument.ToString())] : [];
        string arity = named.Length == 0 ? "" : FormattableString.Invariant($"`{named.Length}");
        Type type = typeof(EncoderAttribute).Assembly.GetType($"SiameseGen.{kind}Attribute{arity}", throwOnError: true)!;
        AttributeArgumentSyntax[] arguments = [.. syntax.ArgumentList?.Arguments ?? []];
        int positional = arguments.Count(argument => argument.NameEquals is null);
        ConstructorInfo[] constructors = type.GetConstructors();
        ParameterInfo[] parameters =
            (constructors.FirstOrDefault(constructor => constructor.GetParameters().Length == positional) ?? constructors[0]).GetParameters();
        return new AttributeModel(kind, arguments.Select((argument, position) => Argument(type, parameters, argument, position)).ToEquatableArray(), index)
        {
            Blocks = kind == "Loss" ? default : named.Select(block => Array.IndexOf(blocks, block)).ToEquatableArray(),
            TypeName = kind == "Loss" ? named[0] : null,
        };
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
            _ when type == typeof(string) => text.Trim('"'),
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
