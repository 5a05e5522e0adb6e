using SiameseGen.Compiler.Emission;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler;

/// <summary>Compiles verifiers: an encoder and an artifact with its weights → text.</summary>
public static class VerifierCompiler
{
    /// <summary>Compiles one verifier.</summary>
    /// <param name="model">What the user declared.</param>
    /// <param name="artifact">The artifact's text; null when there is no such file.</param>
    /// <returns>The generated code; none when the artifact or the encoder is wrong.</returns>
    public static CompilationResult Compile(VerifierModel model, string? artifact)
    {
        List<Problem> problems = [];
        string? source = Writer(model, artifact, problems)?.Invoke();
        return new CompilationResult(problems.ToEquatableArray(), HintNames.Of(model.AsClass), source, null);
    }

    /// <summary>What is wrong with a verifier or its artifact. Nothing is written for that, which takes far longer.</summary>
    /// <param name="model">What the user declared.</param>
    /// <param name="artifact">The artifact's text; null when there is no such file.</param>
    public static EquatableArray<Problem> Check(VerifierModel model, string? artifact)
    {
        List<Problem> problems = [];
        Writer(model, artifact, problems);
        return problems.ToEquatableArray();
    }

    private static Func<string>? Writer(VerifierModel model, string? text, List<Problem> problems)
    {
        var ofEncoder = new ProblemList(model.Encoder);
        if (GraphBuilder.Build(model.Encoder, ofEncoder) is not { } graph)
        {
            problems.Add(Problem(ProblemIds.VerifierOfBrokenEncoder, model.Name, model.Encoder.Name));
            return null;
        }

        if (text is null)
            problems.Add(Problem(ProblemIds.ArtifactMissing, model.Name, model.Artifact));
        Artifact? artifact = text is null ? null : Read(model, graph, text, problems);
        if (text is not null && artifact is null)
            return null;
        return (artifact?.Precision ?? model.Precision ?? ArtifactPrecision.Float32) == ArtifactPrecision.Int8
            ? Integers(model, graph, artifact, problems)
            : Floats(model, graph, artifact, problems);
    }

    private static Func<string>? Integers(VerifierModel model, Graph graph, Artifact? artifact, List<Problem> problems)
    {
        if (IntegerPlanner.Plan(graph, artifact?.Distance ?? IntegerPlanner.MetricOf(graph) ?? Losses.MarginLoss.Metrics[0], out string? problem) is not { } program)
        {
            problems.Add(Problem(ProblemIds.NoIntegerForm, model.Name, model.Encoder.Name, problem!));
            return null;
        }

        try
        {
            IntegerValues? values = artifact is null ? null : IntegerValues.Read(program, artifact.Payload);
            return () => VerifierEmitter.Of(model, graph, artifact, IntegerVerifierEmitter.Of(program, values, artifact?.Calibration));
        }
        catch (ArtifactException exception)
        {
            problems.Add(Problem(ProblemIds.ArtifactDamaged, model.Name, model.Artifact, exception.Message));
            return null;
        }
    }

    private static Func<string>? Floats(VerifierModel model, Graph graph, Artifact? artifact, List<Problem> problems)
    {
        InferenceSchedule schedule = InferencePlanner.Plan(graph);
        if (artifact is not null && Misfit(graph, schedule, artifact) is { } misfit)
        {
            problems.Add(Problem(ProblemIds.ArtifactDamaged, model.Name, model.Artifact, misfit));
            return null;
        }

        string metric = artifact?.Distance ?? IntegerPlanner.MetricOf(graph) ?? Losses.MarginLoss.Metrics[0];
        return () => VerifierEmitter.Of(model, graph, artifact, FloatVerifierEmitter.Of(graph, schedule, artifact, metric));
    }

    // Packed weights are read where they are, so they have to be as this version's kernels read them.
    private static string? Misfit(Graph graph, InferenceSchedule schedule, Artifact artifact)
    {
        bool isPacked = artifact.Precision == ArtifactPrecision.Float32;
        if (isPacked && artifact.Packing != PackingFingerprint.Of(schedule))
            return "its weights are packed for the kernels of another version of SiameseGen";
        ParameterLayout layout = ParameterLayout.Of(graph);
        long expected = isPacked ? 4 * schedule.PreparedLength : 2 * (layout.ParameterCount + layout.StateCount);
        return artifact.Payload.Length == expected ? null : Invariant($"it holds {artifact.Payload.Length} bytes of weights where this encoder's take {expected}");
    }

    private static Artifact? Read(VerifierModel model, Graph graph, string text, List<Problem> problems)
    {
        Artifact artifact;
        try
        {
            using var reader = new StringReader(text);
            artifact = ArtifactReader.Read(reader);
        }
        catch (ArtifactException exception)
        {
            problems.Add(Problem(ProblemIds.ArtifactDamaged, model.Name, model.Artifact, exception.Message));
            return null;
        }

        string? difference = Difference(artifact.Architecture, [.. graph.Architecture])
            ?? (IntegerPlanner.MetricOf(graph) is { } metric && metric != artifact.Distance ? $"it was calibrated for the distance {artifact.Distance}, and the encoder's is {metric}" : null);
        if (difference is not null)
            problems.Add(Problem(ProblemIds.ArtifactOfAnother, model.Name, model.Artifact, model.Encoder.Name, difference));
        else if (model.Precision is { } asked && asked != artifact.Precision)
            problems.Add(Problem(ProblemIds.PrecisionDiffers, model.Name, asked.ToString(), model.Artifact, artifact.Precision.ToString()));
        return problems.Count == 0 ? artifact : null;
    }

    private static string? Difference(IReadOnlyList<string> artifact, IReadOnlyList<string> encoder)
    {
        for (int i = 0; i < Math.Max(artifact.Count, encoder.Count); i++)
        {
            string theirs = i < artifact.Count ? $"'{artifact[i]}'" : "nothing", ours = i < encoder.Count ? $"'{encoder[i]}'" : "nothing";
            if (theirs != ours)
                return Invariant($"{(i == 0 ? "its input" : $"its layer {i}")} is {theirs} where the encoder has {ours}");
        }

        return null;
    }

    private static Problem Problem(string id, params string[] arguments) => new(id, Model.Problem.WholeClass, null, EquatableArray.Of(arguments));
}
