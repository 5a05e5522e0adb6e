using Microsoft.CodeAnalysis;
using Xunit;

namespace SiameseGen.Generator.Tests.Roslyn;

/// <summary>Calls that are right, or that may be: the analyzers of calls say nothing where they do not know.</summary>
public sealed class CallTests
{
    private const string Encoder = "[Encoder, Image(2, 2), Flatten, Dense(2), ContrastiveLoss] public partial class Encoder";

    [Theory]
    [InlineData("float[] image = [1f, 2f, 3f, 4f]; encoder.Embed(image);")]
    [InlineData("System.ReadOnlySpan<float> image = stackalloc float[4]; encoder.Embed(image);")]
    [InlineData("var image = new byte[2 * 2]; encoder.Embed(image);")]
    [InlineData("float[] image = new float[3]; image = new float[4]; encoder.Embed(image);")]
    [InlineData("float[] image = new float[3]; (image, int one) = (new float[4], 1); encoder.Embed(image);")]
    [InlineData("float[] image = new float[3]; System.Array.Resize(ref image, 4); encoder.Embed(image);")]
    [InlineData("float[] image = new float[3]; ref float[] other = ref image; other = new float[4]; encoder.Embed(image);")]
    [InlineData("float[] image = new float[3]; System.Action grow = () => image = new float[4]; grow(); encoder.Embed(image);")]
    [InlineData("float[] some = [1f, 2f]; float[] image = [.. some, .. some]; encoder.Embed(image);")]
    [InlineData("float[] image = new float[int.Parse(\"4\")]; encoder.Embed(image);")]
    [InlineData("float[] image = new float[8]; encoder.Embed(image.AsSpan(4));")]
    [InlineData("encoder.Embed(\"file.png\");")]
    [InlineData("encoder.Embed(new Grown());")]
    public async Task An_input_that_may_be_right_is_not_reported(string calls) => await AssertQuietAsync(
        $$"""
        using System;
        {{Encoder}} { public Embedding Embed(string file) => default; }
        public class Grown { public static implicit operator ReadOnlySpan<float>(Grown grown) => new float[4]; }
        static class Program { static void Run(Encoder encoder) { {{calls}} } }
        """);

    [Theory]
    [InlineData("var trainer = new Trainer<Encoder>(new Encoder(1)); trainer.FitAsync(set, new PairSampler(set, 32, seed: 1));")]
    [InlineData("var trainer = new Trainer<Encoder>(new Encoder(1)); trainer.FitAsync(set, new ClassBalancedSampler(set, 8, 4, seed: 1));")]
    [InlineData("var trainer = new Trainer<Encoder>(new Encoder(1), new TrainingOptions { BatchSize = 64 }); trainer.FitAsync(set, new ClassBalancedSampler(set, 8, 4, seed: 1));")]
    [InlineData("var trainer = new Trainer<Encoder>(new Encoder(1), new TrainingOptions { BatchSize = 96 }); trainer.FitAsync(set); trainer.FitAsync(set, new ClassBalancedSampler(set, 12, 5, seed: 1));")]
    [InlineData("var options = new TrainingOptions { BatchSize = 96 }; options = options with { BatchSize = 60 }; new Trainer<Encoder>(new Encoder(1), options).FitAsync(set, new ClassBalancedSampler(set, 12, 5, seed: 1));")]
    [InlineData("var options = new TrainingOptions { BatchSize = 100 }; new Trainer<Own>(new Own(1), options).FitAsync(set); new Trainer<Encoder>(new Encoder(1), options).FitAsync(set, new ClassBalancedSampler(set, 4, 8, seed: 1));")]
    [InlineData("new ClassBalancedSampler(set, 8, 4, seed: 1) { GroupsPerBatch = 4 }.ToString();")]
    [InlineData("new Trainer<Encoder>(new Encoder(1)).FitAsync(set, sampler);")]
    [InlineData("new Trainer<Own>(new Own(1)).FitAsync(set, new TripletSampler(set, 32, seed: 1));")]
    public async Task A_sampler_that_may_be_right_is_not_reported(string calls) => await AssertQuietAsync(
        $$"""
        using System;
        using SiameseGen.Data;
        using SiameseGen.Losses;
        using SiameseGen.Sampling;
        using SiameseGen.Training;
        {{Encoder}};
        [Encoder, Features(4), Dense(2), Loss<Any>] public partial class Own;
        public struct Any : IEmbeddingLoss
        {
            public bool Accepts(BatchStructure structure) => true;
            public string Name => "Any";
            public DistanceMetric Distance => DistanceMetric.Euclidean;
            public LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace) => default;
        }
        static class Program { static void Run(IExampleSet set, IBatchSampler sampler) { {{calls}} } }
        """);

    [Theory]
    [InlineData("float[] image = image; encoder.Embed(image);")]
    [InlineData("float[] image = other; float[] other = image; encoder.Embed(image);")]
    public async Task What_is_made_of_itself_ends_nobody(string calls) =>
        Assert.Empty(await Project.AnalyzeAsync(Project.Of($"{Encoder}; static class Program {{ static void Run(Encoder encoder) {{ {calls} }} }}")));

    private static async Task AssertQuietAsync(string file)
    {
        Compilation project = Project.Of(file);
        Assert.DoesNotContain(Project.ErrorsOfUser(project), error => error.Severity == DiagnosticSeverity.Error);
        Assert.Empty(await Project.AnalyzeAsync(project));
    }
}
