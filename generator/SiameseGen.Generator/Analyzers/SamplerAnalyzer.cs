using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SiameseGen.Compiler;
using SiameseGen.Generator.Diagnostics;
using static System.FormattableString;

namespace SiameseGen.Generator.Analyzers;

/// <summary>Reports a sampler whose batches the loss of the trained encoder does not accept, and batches of classes that do not come out even.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SamplerAnalyzer : DiagnosticAnalyzer
{
    private const string Namespace = "SiameseGen.Sampling.";
    private const string ClassBalanced = "ClassBalancedSampler";

    // The first of each kind is the one to recommend.
    private static readonly (string Sampler, string Batches)[] Samplers =
    [
        ("PairSampler", "Pairs"), ("TripletSampler", "Triplets"), (ClassBalanced, "Classes"),
        ("ExhaustivePairSampler", "Pairs"), ("ExhaustiveTripletSampler", "Triplets"), ("HardTripletSampler", "Triplets"), ("HardClassSampler", "Classes"), ("ViewSampler", "Classes"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.WrongSampler, Descriptors.UnevenBatch];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName("SiameseGen.Training.Trainer`1") is not { } trainer
                || start.Compilation.GetTypeByMetadataName("SiameseGen.LossAttribute") is not { } loss
                || start.Compilation.GetTypeByMetadataName(Namespace + ClassBalanced) is not { } balanced)
            {
                return;
            }

            start.RegisterOperationAction(operation => CheckGroups(operation, balanced), OperationKind.ObjectCreation);
            start.RegisterOperationAction(operation => CheckTraining(operation, trainer, loss), OperationKind.Invocation);
        });
    }

    private static void CheckGroups(OperationAnalysisContext context, INamedTypeSymbol balanced)
    {
        var made = (IObjectCreationOperation)context.Operation;
        if (!SymbolEqualityComparer.Default.Equals(made.Type, balanced) || Constant(made, "classesPerBatch") is not { } classes
            || Assigned(made, "GroupsPerBatch") is not { Value: { ConstantValue: { HasValue: true, Value: int groups } } value } || groups <= 0 || classes % groups == 0)
        {
            return;
        }

        Report(
            context, value.Syntax, Invariant($"{classes} classes a batch cannot come from {groups} groups in equal parts"),
            classes < groups
                ? Invariant($"use {groups} classes, or a divisor of {classes}")
                : Invariant($"use {classes / groups * groups} or {((long)(classes / groups) + 1) * groups} classes, or a divisor of {classes}"));
    }

    private static void CheckTraining(OperationAnalysisContext context, INamedTypeSymbol trainer, INamedTypeSymbol loss)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "FitAsync" || !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType.OriginalDefinition, trainer)
            || call.TargetMethod.ContainingType.TypeArguments[0] is not INamedTypeSymbol encoder
            || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "sampler")?.Value is not { } handed)
        {
            return;
        }

        IOperation sampler = ConstantLengths.Origin(handed);
        if (Samplers.FirstOrDefault(known => sampler.Type?.ToDisplayString() == Namespace + known.Sampler) is not { Sampler: { } name, Batches: { } batches })
            return;
        foreach (AttributeData attribute in encoder.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && SymbolEqualityComparer.Default.Equals(type.BaseType, loss))
                CheckStructure(context, handed, encoder, type.Name.Substring(0, type.Name.Length - nameof(Attribute).Length), name, batches);
        }

        if (sampler is IObjectCreationOperation made && name == ClassBalanced && call.Instance is { } instance && !IsUsedTwice(instance))
            CheckSize(context, made, ConstantLengths.Origin(instance));
    }

    private static void CheckStructure(OperationAnalysisContext context, IOperation handed, INamedTypeSymbol encoder, string loss, string sampler, string batches)
    {
        IReadOnlyList<string> accepted = EncoderCompiler.BatchesOf(loss);
        if (accepted.Count == 0 || accepted.Contains(batches))
            return;
        string fitting = string.Join(" or ", accepted.Select(batch => $"a {Samplers.First(known => known.Batches == batch).Sampler}"));
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.WrongSampler, handed.Syntax.GetLocation(), sampler, batches.ToLowerInvariant(), encoder.Name, loss, fitting));
    }

    // BatchSize is for samplers that the trainer chooses. Who sets both means them to agree.
    private static void CheckSize(OperationAnalysisContext context, IObjectCreationOperation sampler, IOperation trainer)
    {
        if (Constant(sampler, "classesPerBatch") is not { } classes || Constant(sampler, "examplesPerClass") is not { } examples || classes <= 0 || examples <= 0
            || trainer is not IObjectCreationOperation made || made.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "options")?.Value is not { } options
            || ConstantLengths.Origin(options) is not IObjectCreationOperation set || IsSetLater(set) || IsUsedTwice(options)
            || Assigned(set, "BatchSize") is not { Value: { ConstantValue: { HasValue: true, Value: int size } } value } || size % ((long)classes * examples) == 0)
        {
            return;
        }

        Report(
            context, value.Syntax, Invariant($"{classes} classes × {examples} examples are batches of {(long)classes * examples}, which does not divide BatchSize {size}"),
            "with a sampler of your own BatchSize is not used: remove it, or make the sampler's batch a divisor of it");
    }

    // With another sampler, or none: BatchSize may be meant for that one.
    private static bool IsUsedTwice(IOperation value) => value is ILocalReferenceOperation { Local: { } local }
        && ConstantLengths.Root(value).Descendants().OfType<ILocalReferenceOperation>().Count(other => SymbolEqualityComparer.Default.Equals(other.Local, local)) > 1;

    private static bool IsSetLater(IObjectCreationOperation options) => ConstantLengths.Root(options).Descendants().OfType<IAssignmentOperation>().Any(assignment =>
        assignment.Target is IPropertyReferenceOperation { Property.Name: "BatchSize" } && assignment.Parent is not IObjectOrCollectionInitializerOperation);

    private static int? Constant(IObjectCreationOperation made, string parameter) =>
        made.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value.ConstantValue is { HasValue: true, Value: int value } ? value : null;

    private static ISimpleAssignmentOperation? Assigned(IObjectCreationOperation made, string property) => made.Initializer?.Initializers
        .OfType<ISimpleAssignmentOperation>().FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation target && target.Property.Name == property);

    private static void Report(OperationAnalysisContext context, SyntaxNode place, string what, string remedy) =>
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnevenBatch, place.GetLocation(), what, remedy));
}
