using Microsoft.CodeAnalysis;

namespace SiameseGen.Generator.Parsing;

/// <summary>Recognises the attributes of the runtime.</summary>
internal static class KnownTypes
{
    /// <summary>The full name of the attribute that marks an encoder.</summary>
    public const string Encoder = RuntimeNamespace + "." + EncoderName;

    /// <summary>The full name of the attribute that marks a block.</summary>
    public const string Block = RuntimeNamespace + "." + BlockName;

    /// <summary>The full name of the attribute that marks a verifier.</summary>
    public const string Verifier = RuntimeNamespace + "." + VerifierName + "`1";

    private const string RuntimeNamespace = "SiameseGen";
    private const string EncoderName = "EncoderAttribute";
    private const string BlockName = "BlockAttribute";
    private const string VerifierName = "VerifierAttribute";

    /// <summary>Whether a type is <c>SiameseGen.EncoderAttribute</c>.</summary>
    /// <param name="type">The class of an attribute.</param>
    public static bool IsEncoder(INamedTypeSymbol? type) => type is { Name: EncoderName } && IsInRuntimeNamespace(type);

    /// <summary>Whether a type is <c>SiameseGen.BlockAttribute</c>.</summary>
    /// <param name="type">The class of an attribute.</param>
    public static bool IsBlock(INamedTypeSymbol? type) => type is { Name: BlockName } && IsInRuntimeNamespace(type);

    /// <summary>Whether a type is a <c>SiameseGen.VerifierAttribute</c> of some encoder.</summary>
    /// <param name="type">The class of an attribute.</param>
    public static bool IsVerifier(INamedTypeSymbol? type) => type is { Name: VerifierName, TypeArguments.Length: 1 } && IsInRuntimeNamespace(type);

    /// <summary>The base that makes a type an input, a layer or a loss, itself included; null for any other type.</summary>
    /// <param name="type">The class of an attribute.</param>
    public static INamedTypeSymbol? PartBase(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? parent = type; parent is not null; parent = parent.BaseType)
        {
            if (parent is { Name: "InputAttribute" or "LayerAttribute" or "LossAttribute", IsGenericType: false } && IsInRuntimeNamespace(parent))
                return parent;
        }

        return null;
    }

    /// <summary>Whether a base that <see cref="PartBase"/> found is that of losses.</summary>
    /// <param name="part">The base.</param>
    public static bool IsLoss(INamedTypeSymbol part) => part.Name == "LossAttribute";

    /// <summary>Whether a type is <c>SiameseGen.Losses.IEmbeddingLoss</c>.</summary>
    /// <param name="type">An interface.</param>
    public static bool IsLossInterface(INamedTypeSymbol type) => type is
    {
        Name: "IEmbeddingLoss",
        ContainingNamespace: { Name: "Losses", ContainingNamespace: { Name: RuntimeNamespace, ContainingNamespace.IsGlobalNamespace: true } },
    };

    private static bool IsInRuntimeNamespace(INamedTypeSymbol type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: RuntimeNamespace, ContainingNamespace.IsGlobalNamespace: true } };
}
