using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Diagnostics;

/// <summary>
/// The words for every problem that a model can have: what arrives, what is wrong with it and what would mend it. The holes of a message
/// are documented at the constant of its id in <see cref="ProblemIds"/>; each id has a page with a failing and a working example.
/// </summary>
public static class Descriptors
{
    private const string Declaration = "SiameseGen.Declaration";
    private const string Shape = "SiameseGen.Shape";
    private const string Loss = "SiameseGen.Loss";
    private const string Call = "SiameseGen.Call";
    private const string Block = "SiameseGen.Block";
    private const string Budget = "SiameseGen.Budget";
    private const string Internal = "SiameseGen.Internal";
    /// <summary>Where the pages are.</summary>
    internal const string Pages = "docs/reference/diagnostics/";

    /// <summary>Words for <see cref="ProblemIds.NotPartial"/>.</summary>
    public static readonly DiagnosticDescriptor NotPartial = new(
        ProblemIds.NotPartial,
        "Encoder is not partial",
        "Encoder '{0}' is not partial, so the generator cannot write the rest of it. Add 'partial' to the class.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NotPartial + ".md");

    /// <summary>Words for <see cref="ProblemIds.NestedInNonPartial"/>.</summary>
    public static readonly DiagnosticDescriptor NestedInNonPartial = new(
        ProblemIds.NestedInNonPartial,
        "Encoder is nested in a type that is not partial",
        "Encoder '{0}' is nested in '{1}', which is not partial, so the generator cannot write into it. Make '{1}' partial or "
        + "move the encoder out of it.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NestedInNonPartial + ".md");

    /// <summary>Words for <see cref="ProblemIds.Generic"/>.</summary>
    public static readonly DiagnosticDescriptor Generic = new(
        ProblemIds.Generic,
        "Encoder is generic",
        "Encoder '{0}' is generic, or a type around it is, but its code is generated once, for fixed shapes. Remove the type "
        + "parameters or move the encoder out of the generic type.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.Generic + ".md");

    /// <summary>Words for <see cref="ProblemIds.NoInput"/>.</summary>
    public static readonly DiagnosticDescriptor NoInput = new(
        ProblemIds.NoInput,
        "Encoder has no input",
        "Encoder '{0}' has no input, so the shapes of its layers are unknown. Put [Image(height, width)] or [Features(count)] "
        + "before the layers.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NoInput + ".md");

    /// <summary>Words for <see cref="ProblemIds.TwoInputs"/>.</summary>
    public static readonly DiagnosticDescriptor TwoInputs = new(
        ProblemIds.TwoInputs,
        "Encoder has two inputs",
        "Encoder '{0}' has two inputs, {1} and {2}, but reads one. Remove one of them.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.TwoInputs + ".md");

    /// <summary>Words for <see cref="ProblemIds.SpreadOverDeclarations"/>.</summary>
    public static readonly DiagnosticDescriptor SpreadOverDeclarations = new(
        ProblemIds.SpreadOverDeclarations,
        "Attributes of an encoder are spread over several declarations",
        "The attributes of '{0}' are spread over several partial declarations, whose order C# does not define. Put them "
        + "all on one declaration.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.SpreadOverDeclarations + ".md");

    /// <summary>Words for <see cref="ProblemIds.NoLayers"/>.</summary>
    public static readonly DiagnosticDescriptor NoLayers = new(
        ProblemIds.NoLayers,
        "Encoder has no layers",
        "Encoder '{0}' has no layers, so there is nothing to train. Add layers after the input, such as [Flatten, Dense(64)].",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NoLayers + ".md");

    /// <summary>Words for <see cref="ProblemIds.NameCollision"/>.</summary>
    public static readonly DiagnosticDescriptor NameCollision = new(
        ProblemIds.NameCollision,
        "Name collides with a generated one",
        "Encoder '{0}' declares '{1}', a name that the generated code needs. Choose another name.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NameCollision + ".md");

    /// <summary>Words for <see cref="ProblemIds.UnsupportedClass"/>.</summary>
    public static readonly DiagnosticDescriptor UnsupportedClass = new(
        ProblemIds.UnsupportedClass,
        "Encoder is not an ordinary class",
        "Encoder '{0}' is {1}, which an encoder cannot be. Declare it as an ordinary partial class.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.UnsupportedClass + ".md");

    /// <summary>Words for <see cref="ProblemIds.ConstructorNotChained"/>.</summary>
    public static readonly DiagnosticDescriptor ConstructorNotChained = new(
        ProblemIds.ConstructorNotChained,
        "Constructor does not call the generated one",
        "The constructor '{1}' of encoder '{0}' does not call the generated one, which makes the weights. Add ': this(seed: 0)' to it.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.ConstructorNotChained + ".md");

    /// <summary>Words for <see cref="ProblemIds.RequiredMember"/>.</summary>
    public static readonly DiagnosticDescriptor RequiredMember = new(
        ProblemIds.RequiredMember,
        "Encoder has a required member",
        "'{1}' of encoder '{0}' is required, but the generated Load makes encoders without knowing a value for it. Remove 'required' "
        + "and give it a default.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.RequiredMember + ".md");

    /// <summary>Words for <see cref="ProblemIds.LanguageTooOld"/>.</summary>
    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        ProblemIds.LanguageTooOld,
        "Version of C# is too old",
        "The code of encoder '{0}' needs C# {2}, but the project is set to C# {1}. Remove <LangVersion> from the project or raise it.",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.LanguageTooOld + ".md");

    /// <summary>Words for <see cref="ProblemIds.NeedsFlatten"/>.</summary>
    public static readonly DiagnosticDescriptor NeedsFlatten = new(
        ProblemIds.NeedsFlatten,
        "Layer needs a vector and gets an image",
        "{0} needs a vector, but an image of {1} arrives. Put [Flatten] before it, for a vector of {2}, or [GlobalAvgPool], for "
        + "one value per channel.",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NeedsFlatten + ".md");

    /// <summary>Words for <see cref="ProblemIds.KernelTooLarge"/>.</summary>
    public static readonly DiagnosticDescriptor KernelTooLarge = new(
        ProblemIds.KernelTooLarge,
        "Kernel is larger than the image",
        "The {1} kernel of {0} is larger than the image of {2} that arrives; {3}",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.KernelTooLarge + ".md");

    /// <summary>Words for <see cref="ProblemIds.NothingLeft"/>.</summary>
    public static readonly DiagnosticDescriptor NothingLeft = new(
        ProblemIds.NothingLeft,
        "Pooling leaves nothing of the image",
        "The {1} window of {0} is larger than the image of {2} that arrives, so nothing would be left; {3}",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NothingLeft + ".md");

    /// <summary>Words for <see cref="ProblemIds.SizeOutOfRange"/>.</summary>
    public static readonly DiagnosticDescriptor SizeOutOfRange = new(
        ProblemIds.SizeOutOfRange,
        "Size is out of range",
        "'{1}' of {0} is {2}, but has to be between {3} and {4}",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.SizeOutOfRange + ".md");

    /// <summary>Words for <see cref="ProblemIds.NeedsImage"/>.</summary>
    public static readonly DiagnosticDescriptor NeedsImage = new(
        ProblemIds.NeedsImage,
        "Layer needs an image and gets a vector",
        "{0} needs an image, but a vector of {1} arrives; {2}",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NeedsImage + ".md");

    /// <summary>Words for <see cref="ProblemIds.EndsInImage"/>.</summary>
    public static readonly DiagnosticDescriptor EndsInImage = new(
        ProblemIds.EndsInImage,
        "Encoder ends in an image",
        "Encoder '{0}' ends in an image of {1}, but an embedding is a vector. Add [Flatten] as the last layer, for an embedding "
        + "of {2}, or [GlobalAvgPool], for one value per channel.",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.EndsInImage + ".md");

    /// <summary>Words for <see cref="ProblemIds.ValueOutOfRange"/>.</summary>
    public static readonly DiagnosticDescriptor ValueOutOfRange = new(
        ProblemIds.ValueOutOfRange,
        "Value is out of range",
        "'{1}' of {0} is {2}, where {3} is allowed. Set it to a value in that range.",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.ValueOutOfRange + ".md");

    /// <summary>Words for <see cref="ProblemIds.TooLarge"/>.</summary>
    public static readonly DiagnosticDescriptor TooLarge = new(
        ProblemIds.TooLarge,
        "Encoder is too large",
        "The {1} of {0} would have {2} floats, more than the limit of {3}. Make the input or the layers smaller.",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.TooLarge + ".md");

    /// <summary>Words for <see cref="ProblemIds.InputNotFirst"/>.</summary>
    public static readonly DiagnosticDescriptor InputNotFirst = new(
        ProblemIds.InputNotFirst,
        "Layer or loss stands before the input",
        "{0} stands before the input {1}. Put the input first: attributes apply in the order in which they are written.",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.InputNotFirst + ".md");

    /// <summary>Words for <see cref="ProblemIds.NotDivisible"/>.</summary>
    public static readonly DiagnosticDescriptor NotDivisible = new(
        ProblemIds.NotDivisible,
        "Groups do not divide the channels",
        "{0} cannot divide {1} channels into {2} equal groups; use {3}",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NotDivisible + ".md");

    /// <summary>Words for <see cref="ProblemIds.Contradiction"/>.</summary>
    public static readonly DiagnosticDescriptor Contradiction = new(
        ProblemIds.Contradiction,
        "Arguments contradict each other",
        "'{1}' of {0} says nothing beside {2}. Remove one of them.",
        Shape, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.Contradiction + ".md");

    /// <summary>Words for <see cref="ProblemIds.TwoLosses"/>.</summary>
    public static readonly DiagnosticDescriptor TwoLosses = new(
        ProblemIds.TwoLosses,
        "Encoder has two losses",
        "Encoder '{0}' has two losses, {1} and {2}. Remove one of them, or say how much each counts (Weight = …).",
        Loss, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.TwoLosses + ".md");

    /// <summary>Words for <see cref="ProblemIds.MarginOutOfRange"/>.</summary>
    public static readonly DiagnosticDescriptor MarginOutOfRange = new(
        ProblemIds.MarginOutOfRange,
        "Margin is not a positive number",
        "The margin of {0} is {1}, but has to be above 0 and finite; it is a distance",
        Loss, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.MarginOutOfRange + ".md");

    /// <summary>Words for <see cref="ProblemIds.TrainingNeedsLoss"/>.</summary>
    public static readonly DiagnosticDescriptor TrainingNeedsLoss = new(
        ProblemIds.TrainingNeedsLoss,
        "Trained encoder declares no loss",
        "Encoder '{0}' cannot be trained, because it declares no loss. Add one to it, such as [ContrastiveLoss], [TripletLoss] or [NTXentLoss].",
        Loss, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.TrainingNeedsLoss + ".md");

    /// <summary>Words for <see cref="ProblemIds.LossNotVisible"/>.</summary>
    public static readonly DiagnosticDescriptor LossNotVisible = new(
        ProblemIds.LossNotVisible,
        "Loss is local to its file",
        "The loss '{0}' is local to its file, so that generated code cannot name it. Remove 'file' from the struct, or from the type around it.",
        Loss, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.LossNotVisible + ".md");

    /// <summary>Words for <see cref="ProblemIds.UnreachableMargin"/>.</summary>
    public static readonly DiagnosticDescriptor UnreachableMargin = new(
        ProblemIds.UnreachableMargin,
        "Margin cannot be reached",
        "No embeddings ever satisfy the margin {1} of {0}: {2} ends at {3}. Use a margin below {3}.",
        Loss, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.UnreachableMargin + ".md");

    /// <summary>Words for <see cref="ProblemIds.MarginWithoutScale"/>.</summary>
    public static readonly DiagnosticDescriptor MarginWithoutScale = new(
        ProblemIds.MarginWithoutScale,
        "Margin has no scale",
        "Embeddings may have any length, so that {0} is satisfied by longer ones instead of better ones. Add [L2Normalize] as the last layer.",
        Loss, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.MarginWithoutScale + ".md");

    /// <summary>Words for <see cref="ProblemIds.NothingToRegularize"/>.</summary>
    public static readonly DiagnosticDescriptor NothingToRegularize = new(
        ProblemIds.NothingToRegularize,
        "Regularizer has nothing to regularize",
        "{0} is about learned vectors of classes, and no loss of this encoder learns any. Add one that does, such as [ArcFaceLoss(Weight = 1f)], or remove it.",
        Loss, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NothingToRegularize + ".md");

    /// <summary>Words for <see cref="ProblemIds.WrongInputLength"/>.</summary>
    public static readonly DiagnosticDescriptor WrongInputLength = new(
        ProblemIds.WrongInputLength,
        "Input has the wrong length",
        "Encoder '{0}' takes inputs of {1}; this one has {2}. Embed throws an ArgumentException for it.",
        Call, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.WrongInputLength + ".md");

    /// <summary>Words for <see cref="ProblemIds.WrongSampler"/>.</summary>
    public static readonly DiagnosticDescriptor WrongSampler = new(
        ProblemIds.WrongSampler,
        "Sampler does not suit the loss",
        "{0} makes batches of {1}, which [{3}] of encoder '{2}' does not accept. Use {4}.",
        Call, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.WrongSampler + ".md");

    /// <summary>Words for <see cref="ProblemIds.UnevenBatch"/>.</summary>
    public static readonly DiagnosticDescriptor UnevenBatch = new(
        ProblemIds.UnevenBatch,
        "Batch does not come out even",
        "{0}; {1}",
        Call, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.UnevenBatch + ".md");

    /// <summary>Words for <see cref="ProblemIds.NotABlock"/>.</summary>
    public static readonly DiagnosticDescriptor NotABlock = new(
        ProblemIds.NotABlock,
        "Class is no block",
        "{0} puts in '{1}', which is no block. Mark '{1}' with [Block].",
        Block, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NotABlock + ".md");

    /// <summary>Words for <see cref="ProblemIds.BlockCycle"/>.</summary>
    public static readonly DiagnosticDescriptor BlockCycle = new(
        ProblemIds.BlockCycle,
        "Block is put into itself",
        "{0} puts a block into itself: {1}. Take one of them out.",
        Block, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.BlockCycle + ".md");

    /// <summary>Words for <see cref="ProblemIds.NoPartOfBlock"/>.</summary>
    public static readonly DiagnosticDescriptor NoPartOfBlock = new(
        ProblemIds.NoPartOfBlock,
        "Block has an input or a loss",
        "Block '{0}' has {1}, but inputs and losses belong to the encoder. Move it there.",
        Block, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.NoPartOfBlock + ".md");

    /// <summary>Words for <see cref="ProblemIds.EmptyBlock"/>.</summary>
    public static readonly DiagnosticDescriptor EmptyBlock = new(
        ProblemIds.EmptyBlock,
        "Block has no layers",
        "Block '{0}' has no layers. Add layers, such as [Dense(64), ReLU], or remove it.",
        Block, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.EmptyBlock + ".md");

    /// <summary>Words for <see cref="ProblemIds.BranchesDiffer"/>.</summary>
    public static readonly DiagnosticDescriptor BranchesDiffer = new(
        ProblemIds.BranchesDiffer,
        "Branches end in different shapes",
        "{0} adds {1} that the block makes to {2} beside it, but only equal shapes can be added; {3}",
        Block, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.BranchesDiffer + ".md");

    /// <summary>Words for <see cref="ProblemIds.TooManyLayers"/>.</summary>
    public static readonly DiagnosticDescriptor TooManyLayers = new(
        ProblemIds.TooManyLayers,
        "Encoder has too many layers",
        "With {0}, all blocks put in, there are more than {1} layers. Use fewer repetitions or fewer blocks within blocks.",
        Block, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.TooManyLayers + ".md");

    /// <summary>Words for <see cref="ProblemIds.BadName"/>.</summary>
    public static readonly DiagnosticDescriptor BadName = new(
        ProblemIds.BadName,
        "Name of a layer is none, or taken",
        "The name '{1}' of {0} cannot be used: {2}",
        Block, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.BadName + ".md");

    /// <summary>Words for <see cref="ProblemIds.OverBudget"/>.</summary>
    public static readonly DiagnosticDescriptor OverBudget = new(
        ProblemIds.OverBudget,
        "Encoder exceeds its budget",
        "Encoder '{0}' takes {1} {2}, but its budget is {3}. Most of it goes into {4}, {5}: make it smaller or raise the budget.",
        Budget, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.OverBudget + ".md");

    /// <summary>Words for <see cref="ProblemIds.InternalFailure"/>: the only thing the generator itself reports.</summary>
    public static readonly DiagnosticDescriptor InternalFailure = new(
        ProblemIds.InternalFailure,
        "The generator failed",
        "SiameseGen could not generate encoder '{0}' because of a defect of its own, {1}: {2}. Please report it with the encoder's attributes.",
        Internal, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + ProblemIds.InternalFailure + ".md");

    /// <summary>What is reported where an encoder is used.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfCalls { get; } = [TrainingNeedsLoss, WrongInputLength, WrongSampler, UnevenBatch];

    /// <summary>What is reported where an encoder is declared; everything else but <see cref="InternalFailure"/>.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfModels { get; } =
    [
        NotPartial, NestedInNonPartial, Generic, NoInput, TwoInputs, SpreadOverDeclarations, NoLayers, NameCollision, UnsupportedClass,
        ConstructorNotChained, RequiredMember, LanguageTooOld,
        NeedsFlatten, KernelTooLarge, NothingLeft, SizeOutOfRange, NeedsImage, EndsInImage, ValueOutOfRange, TooLarge, InputNotFirst, NotDivisible, Contradiction,
        TwoLosses, MarginOutOfRange, UnreachableMargin, LossNotVisible, MarginWithoutScale, NothingToRegularize,
        NotABlock, BlockCycle, NoPartOfBlock, EmptyBlock, BranchesDiffer, TooManyLayers, BadName,
        OverBudget,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = OfModels.AddRange(VerifierDescriptors.All).ToImmutableDictionary(words => words.Id);

    /// <summary>The words for a problem of a model or a verifier.</summary>
    /// <param name="id">One of <see cref="ProblemIds"/>, except <see cref="ProblemIds.InternalFailure"/>.</param>
    public static DiagnosticDescriptor For(string id) => ById[id];
}
