using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Parsing;

/// <summary>Reads one attribute. It knows no attribute by name: whatever its constructor and properties are called, the model calls them too.</summary>
internal static class AttributeParser
{
    private const string Suffix = "Attribute";

    /// <summary>Reads an input, a layer or a loss.</summary>
    /// <param name="data">What the compiler makes of it.</param>
    /// <param name="syntax">What is written; null when that is in another assembly.</param>
    /// <param name="blocks">Reads the blocks that it names.</param>
    /// <returns>The attribute; null when it has errors, which the compiler reports.</returns>
    public static ParsedAttribute? Parse(AttributeData data, AttributeSyntax? syntax, BlockParser blocks)
    {
        // A class of the user's own that derives from LayerAttribute is an error, because the constructor is not accessible.
        if (data.AttributeConstructor is not { } constructor
            || data.AttributeClass is not { IsAbstract: false } attribute
            || KnownTypes.PartBase(attribute) is not { } part
            || !SymbolEqualityComparer.Default.Equals(part.ContainingAssembly, attribute.ContainingAssembly)
            || !attribute.TypeArguments.All(argument => argument is INamedTypeSymbol type && IsPossible(type, part)))
        {
            return null;
        }

        ImmutableArray<ParsedArgument>? arguments = syntax is null ? OfMetadata(data, constructor) : OfSource(data, syntax, constructor);
        if (arguments is null)
            return null;
        INamedTypeSymbol[] types = [.. attribute.TypeArguments.Cast<INamedTypeSymbol>()];
        return KnownTypes.IsLoss(part)
            ? new ParsedAttribute(KindOf(attribute), arguments.Value, [], syntax) { Type = types.FirstOrDefault() }
            : new ParsedAttribute(KindOf(attribute), arguments.Value, [.. types.Select(blocks.IndexOf)], syntax);
    }

    // What the attribute's constraints refuse is an error of the compiler's.
    private static bool IsPossible(INamedTypeSymbol type, INamedTypeSymbol part) => KnownTypes.IsLoss(part)
        ? type.TypeKind is TypeKind.Struct && type.AllInterfaces.Any(KnownTypes.IsLossInterface)
        : type.TypeKind is TypeKind.Class;

    private static ImmutableArray<ParsedArgument>? OfSource(AttributeData data, AttributeSyntax syntax, IMethodSymbol constructor)
    {
        ImmutableArray<ParsedArgument>.Builder arguments = ImmutableArray.CreateBuilder<ParsedArgument>();
        foreach (AttributeArgumentSyntax argument in syntax.ArgumentList?.Arguments ?? default)
        {
            if (Parse(argument, arguments.Count, data, constructor) is not { } parsed || arguments.Any(other => other.Model.Name == parsed.Model.Name))
                return null;
            arguments.Add(parsed);
        }

        return constructor.Parameters.Any(parameter => !parameter.IsOptional && !arguments.Any(known => known.Model.Name == parameter.Name))
            ? null
            : arguments.ToImmutable();
    }

    // Metadata does not tell an argument that was left out from one that repeats the default, and need not.
    private static ImmutableArray<ParsedArgument>? OfMetadata(AttributeData data, IMethodSymbol constructor)
    {
        IEnumerable<(string Name, TypedConstant Value)> all = constructor.Parameters
            .Where(parameter => parameter.Ordinal < data.ConstructorArguments.Length)
            .Select(parameter => (parameter.Name, data.ConstructorArguments[parameter.Ordinal]))
            .Concat(data.NamedArguments.Select(argument => (argument.Key, argument.Value)));
        ImmutableArray<ParsedArgument>.Builder arguments = ImmutableArray.CreateBuilder<ParsedArgument>();
        foreach ((string name, TypedConstant value) in all)
        {
            if (Plain(value) is not { } plain)
                return null;
            arguments.Add(new ParsedArgument(new ArgumentModel(name, plain), null));
        }

        return arguments.ToImmutable();
    }

    /// <summary>Reads the arguments of <c>[Encoder]</c>.</summary>
    /// <param name="data">What the compiler makes of it.</param>
    public static EquatableArray<ArgumentModel> Budgets(AttributeData data) => data.NamedArguments
        .Where(argument => Plain(argument.Value) is int or long)
        .Select(argument => new ArgumentModel(argument.Key, Plain(argument.Value)!))
        .ToEquatableArray();

    private static string KindOf(INamedTypeSymbol type) =>
        type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name.Substring(0, type.Name.Length - Suffix.Length) : type.Name;

    private static ParsedArgument? Parse(AttributeArgumentSyntax syntax, int position, AttributeData data, IMethodSymbol constructor)
    {
        string name;
        TypedConstant value;
        if (syntax.NameEquals is { } property)
        {
            name = property.Name.Identifier.ValueText;
            value = data.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;
        }
        else
        {
            IParameterSymbol? parameter = syntax.NameColon is { } colon
                ? constructor.Parameters.FirstOrDefault(parameter => parameter.Name == colon.Name.Identifier.ValueText)
                : constructor.Parameters.ElementAtOrDefault(position);
            if (parameter is null || parameter.Ordinal >= data.ConstructorArguments.Length)
                return null;
            name = parameter.Name;
            value = data.ConstructorArguments[parameter.Ordinal];
        }

        return Plain(value) is { } plain ? new ParsedArgument(new ArgumentModel(name, plain), syntax) : null;
    }

    private static object? Plain(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Enum when constant.Value is IConvertible number => ToInt32(number),
        TypedConstantKind.Primitive when constant.Value is int or long or float or double or bool or string => constant.Value,
        _ => null,
    };

    // An enumeration whose values do not fit is none of ours.
    private static int? ToInt32(IConvertible number)
    {
        decimal value = number.ToDecimal(CultureInfo.InvariantCulture);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : null;
    }
}
