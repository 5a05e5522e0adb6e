using System.Globalization;
using System.Text;
using Glyphs.Pictures;
using SiameseGen;
using SiameseGen.Data;
using SiameseGen.Evaluation;
using SiameseGen.Sampling;
using SiameseGen.Training;

namespace Glyphs.Comparison;

/// <summary>Eight losses with one encoder, the same batches, budget and seeds, judged on alphabets that none has seen.</summary>
internal static class LossComparison
{
    private static readonly (string Name, Func<int, GlyphData, GlyphOptions, CancellationToken, Task<Outcome>> Run)[] Losses =
    [
        ("contrastive", RunAsync<ContrastiveEncoder>),
        ("triplet, all of a batch", RunAsync<TripletEncoder>),
        ("NT-Xent", RunAsync<NTXentEncoder>),
        ("supervised contrastive", RunAsync<SupervisedContrastiveEncoder>),
        ("multi-similarity", RunAsync<MultiSimilarityEncoder>),
        ("circle", RunAsync<CircleEncoder>),
        ("generalised lifted structure", RunAsync<LiftedEncoder>),
        ("ArcFace", RunAsync<ArcFaceEncoder>),
    ];

    /// <summary>Trains and measures all of them.</summary>
    /// <param name="data">What to learn from and be judged by.</param>
    /// <param name="options">What the user asked for; the first seed.</param>
    /// <param name="seeds">How many seeds.</param>
    /// <param name="output">Where to say how far it has come.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>A row for each loss.</returns>
    public static async Task<IReadOnlyList<ComparedLoss>> RunAsync(GlyphData data, GlyphOptions options, int seeds, TextWriter output, CancellationToken cancellation)
    {
        List<ComparedLoss> rows = [];
        foreach ((string name, var run) in Losses)
        {
            List<Outcome> outcomes = [];
            for (int i = 0; i < seeds; i++)
            {
                Outcome outcome = await run(options.Seed + i, data, options, cancellation);
                outcomes.Add(outcome);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}, seed {options.Seed + i}: 20-way 1-shot {outcome.OneShot:P1}, equal error rate {outcome.EqualErrorRate:P2}, {outcome.Steps} steps in {outcome.Seconds:F0} s"));
            }

            rows.Add(new ComparedLoss(name, outcomes));
        }

        return rows;
    }

    /// <summary>The page of the documentation.</summary>
    /// <param name="rows">What was measured.</param>
    /// <param name="data">On what.</param>
    /// <param name="arguments">The command's arguments.</param>
    public static string Page(IReadOnlyList<ComparedLoss> rows, GlyphData data, string arguments)
    {
        Outcome first = rows[0].Outcomes[0];
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Losses compared

            Written by a program; nothing in it is typed by hand:

            ```console
            dotnet run -c Release --project samples/Glyphs -- {arguments}
            ```

            {data.Describe()} One encoder (Conv4-64, {ContrastiveEncoder.Info.ParameterCount:N0} parameters, embeddings of length 1), the same batches of {data.Recipe.CharactersPerBatch} characters × {data.Recipe.DrawingsPerCharacter} drawings from {data.Recipe.AlphabetsPerBatch} alphabets, the same optimizer and
            {first.Steps:N0} steps; only the loss differs, with the settings of `samples/Glyphs/Comparison/ComparedEncoders.cs`, which nobody tuned. {rows[0].Outcomes.Count} seeds each: the mean, and the range of the seeds in brackets.

            | loss | 20-way 1-shot | equal error rate | seconds |
            |---|--:|--:|--:|

            """);
        foreach (ComparedLoss row in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {Percent(row, outcome => outcome.OneShot)} | {Percent(row, outcome => outcome.EqualErrorRate)} | {row.Outcomes.Average(outcome => outcome.Seconds):F0} |\n");
        }

        ComparedLoss contrastive = rows[0], triplet = rows[1];
        page.Append(CultureInfo.InvariantCulture, $"""

            - 20-way 1-shot: {first.OneShotProtocol}; chance is 5 %.
            - Equal error rate: {first.PairProtocol}.
            - Contrastive or triplet? Triplets reach {Mean(triplet, outcome => outcome.OneShot)} of 1-shot accuracy where pairs reach {Mean(contrastive, outcome => outcome.OneShot)}, and an equal error rate of {Mean(triplet, outcome => outcome.EqualErrorRate)} where
              pairs have {Mean(contrastive, outcome => outcome.EqualErrorRate)}. Differences smaller than the ranges above say nothing.

            """);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string Percent(ComparedLoss row, Func<Outcome, double> figure)
    {
        double[] values = [.. row.Outcomes.Select(figure)];
        return string.Create(CultureInfo.InvariantCulture, $"{100 * values.Average():F2} % ({100 * values.Min():F2} to {100 * values.Max():F2})");
    }

    private static string Mean(ComparedLoss row, Func<Outcome, double> figure) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * row.Outcomes.Average(figure):F2} %");

    private static async Task<Outcome> RunAsync<TEncoder>(int seed, GlyphData data, GlyphOptions options, CancellationToken cancellation)
        where TEncoder : class, IEncoder
    {
        var encoder = (TEncoder)Activator.CreateInstance(typeof(TEncoder), seed)!;
        IExampleSet examples = GlyphInputs.ToLearnFrom<TEncoder>(data.Training, data.Recipe.Symmetries);
        var sampler = new ClassBalancedSampler(examples, data.Recipe.CharactersPerBatch, data.Recipe.DrawingsPerCharacter, seed) { GroupsPerBatch = data.Recipe.AlphabetsPerBatch };
        var trainer = new Trainer<TEncoder>(encoder, data.Recipe.Options(options with { Seed = seed }, sampler.BatchesPerEpoch));
        TrainingResult training = await trainer.FitAsync(examples, sampler, cancellationToken: cancellation);
        EmbeddedExamples unseen = EmbeddedExamples.By(encoder, GlyphInputs.ToJudgeBy<TEncoder>(data.Evaluation), cancellationToken: cancellation);
        FewShotResult episodes = new FewShotEpisodes { Ways = 20, Shots = 1 }.Run(unseen);
        PairScores pairs = PairVerification.RandomPairs(unseen);
        return new Outcome(episodes.Accuracy, pairs.EqualErrorRate, training.Steps, training.Elapsed.TotalSeconds, episodes.Protocol, pairs.Protocol);
    }
}

/// <summary>What one loss reached.</summary>
/// <param name="Name">The loss.</param>
/// <param name="Outcomes">One for each seed.</param>
internal sealed record ComparedLoss(string Name, IReadOnlyList<Outcome> Outcomes);

/// <summary>What one training reached.</summary>
/// <param name="OneShot">The share of right answers among 20 characters with one example each.</param>
/// <param name="EqualErrorRate">Of verification.</param>
/// <param name="Steps">Training steps made.</param>
/// <param name="Seconds">How long training took.</param>
/// <param name="OneShotProtocol">How the first was measured.</param>
/// <param name="PairProtocol">How the second was.</param>
internal sealed record Outcome(double OneShot, double EqualErrorRate, int Steps, double Seconds, string OneShotProtocol, string PairProtocol);
