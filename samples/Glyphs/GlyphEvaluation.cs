using Glyphs.Pictures;
using SiameseGen;
using SiameseGen.Evaluation;
using SiameseGen.Images;
using SiameseGen.Training;

namespace Glyphs;

/// <summary>Measures how well drawings of unseen characters are told apart, by the network, by means over several views, and, for comparison, by raw pixels.</summary>
internal static class GlyphEvaluation
{
    /// <summary>Characters that the largest episodes need.</summary>
    public const int Characters = 20;

    /// <summary>Drawings of each that they need: five examples and a query.</summary>
    public const int DrawingsPerCharacter = 6;

    /// <summary>Measures everything.</summary>
    /// <param name="encoder">The trained encoder.</param>
    /// <param name="data">What to measure on.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="training">What training did.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static Figures Measure(
        GlyphEncoder encoder, GlyphData data, GlyphOptions options, TrainingResult training, CancellationToken cancellation)
    {
        using var team = new WorkerTeam(options.Threads);
        (Score network, Dictionary<string, string> protocols) = Score(
            drawings => EmbeddedExamples.By(encoder, GlyphInputs.ToJudgeBy<GlyphEncoder>(drawings), team, cancellation), data);
        var averaged = new AveragedViews<GlyphEncoder>(encoder, ImageViews.Slight, GlyphInputs.Kept);
        (Score views, _) = Score(drawings => averaged.Evaluated(new TurnedDrawings(drawings), team, cancellation), data);
        cancellation.ThrowIfCancellationRequested();
        (Score pixels, _) = Score(drawings => EmbeddedExamples.RawInputs(GlyphInputs.ToJudgeBy<GlyphEncoder>(drawings)), data);
        long seen = (long)training.Steps * data.Recipe.CharactersPerBatch * data.Recipe.DrawingsPerCharacter;
        return new Figures(
            data.Name, data.Runs.Key, data.Runs.Title, options, GlyphEncoder.Info.ParameterCount, training.Steps, seen, training.Elapsed,
            network, views, pixels, protocols);
    }

    private static (Score Score, Dictionary<string, string> Protocols) Score(Func<DrawingSet, EmbeddedExamples> embed, GlyphData data)
    {
        EmbeddedExamples unseen = embed(data.Evaluation);
        EmbeddedExamples ofRuns = data.Runs.Drawings == data.Evaluation ? unseen : embed(data.Runs.Drawings);
        OneShotResult runs = OneShotRuns.Measure(
            [.. data.Runs.All.Select(run => new OneShotRun(ofRuns, run.Examples, run.Queries))], data.Runs.Title);
        FewShotResult[] episodes = [.. new[] { (5, 1), (Characters, 1), (5, 5), (Characters, DrawingsPerCharacter - 1) }.Select(kind =>
            new FewShotEpisodes { Ways = kind.Item1, Shots = kind.Item2 }.Run(unseen))];
        PairScores pairs = PairVerification.RandomPairs(unseen);

        // The threshold comes from alphabets of its own: chosen on the pairs that it is judged by, it would flatter.
        EmbeddedExamples held = embed(data.Calibration);
        VerificationThreshold threshold = PairVerification.RandomPairs(held).ChooseThreshold();
        FewShotResult heldOut = new FewShotEpisodes { Ways = Characters, Shots = 1, WithinGroups = true }.Run(held);
        var score = new Score(
            heldOut.Accuracy, runs.Accuracy, episodes[0].Accuracy, episodes[1].Accuracy, episodes[2].Accuracy, episodes[3].Accuracy,
            pairs.EqualErrorRate, pairs.Auc, pairs.AccuracyAt(threshold).Accuracy);
        return (score, new Dictionary<string, string>
        {
            ["heldOut20way1shot"] = $"held-out alphabets: {heldOut.Protocol}",
            [data.Runs.Key] = runs.Protocol,
            ["oneShot5way"] = episodes[0].Protocol,
            ["oneShot20way"] = episodes[1].Protocol,
            ["fiveShot5way"] = episodes[2].Protocol,
            ["fiveShot20way"] = episodes[3].Protocol,
            ["eer"] = pairs.Protocol,
            ["auc"] = pairs.Protocol,
            ["verificationAccuracy"] = $"{pairs.Protocol}, threshold chosen on alphabets of its own",
        });
    }
}
