namespace Glyphs;

/// <summary>How well drawings of unseen characters are told apart in one way: by the network's embeddings, or by the pixels themselves.</summary>
/// <param name="HeldOut">
/// The share of right answers among 20 characters of an alphabet held out from training, with one example each: what recipes are chosen by, never by the figures below.
/// </param>
/// <param name="Runs">The share of right answers in the one-shot runs within alphabets.</param>
/// <param name="OneShot5Way">The same in random episodes of 5 characters with 1 example each.</param>
/// <param name="OneShot20Way">20 characters, 1 example.</param>
/// <param name="FiveShot5Way">5 characters, 5 examples.</param>
/// <param name="FiveShot20Way">20 characters, 5 examples.</param>
/// <param name="EqualErrorRate">Of verification: the error where as many same pairs are refused as different ones are accepted.</param>
/// <param name="AreaUnderCurve">Of verification: how often a same pair is closer than a different one.</param>
/// <param name="Accuracy">Of verification, at a threshold chosen on alphabets that are neither trained on nor judged by.</param>
internal sealed record Score(
    double HeldOut, double Runs, double OneShot5Way, double OneShot20Way, double FiveShot5Way, double FiveShot20Way,
    double EqualErrorRate, double AreaUnderCurve, double Accuracy);

/// <summary>All figures of a run.</summary>
/// <param name="Data">The data's name.</param>
/// <param name="RunsKey">What the one-shot runs are called in the file.</param>
/// <param name="RunsTitle">What they are called in the table.</param>
/// <param name="Options">What the user asked for.</param>
/// <param name="Parameters">Trained numbers of the network.</param>
/// <param name="Steps">Training steps made.</param>
/// <param name="DrawingsSeen">Drawings trained on, each time counted.</param>
/// <param name="TrainingTime">How long training took.</param>
/// <param name="Network">What the network reaches.</param>
/// <param name="Views">What the means of its embeddings of several views of each drawing reach.</param>
/// <param name="RawPixels">What comparing pixels reaches, without any learning.</param>
/// <param name="Protocols">How the figures were measured, by the key of a figure.</param>
internal sealed record Figures(
    string Data, string RunsKey, string RunsTitle, GlyphOptions Options, int Parameters, int Steps, long DrawingsSeen, TimeSpan TrainingTime,
    Score Network, Score Views, Score RawPixels, IReadOnlyDictionary<string, string> Protocols)
{
    /// <summary>Every figure of a score, in the order in which they are shown.</summary>
    public IEnumerable<Figure> All =>
    [
        new("heldOut20way1shot", "20-way 1-shot, held-out alphabets (choose by it)", 1.0 / 20, score => score.HeldOut),
        new(RunsKey, RunsTitle, 1.0 / 20, score => score.Runs),
        new("oneShot5way", "5-way 1-shot", 1.0 / 5, score => score.OneShot5Way),
        new("oneShot20way", "20-way 1-shot", 1.0 / 20, score => score.OneShot20Way),
        new("fiveShot5way", "5-way 5-shot", 1.0 / 5, score => score.FiveShot5Way),
        new("fiveShot20way", "20-way 5-shot", 1.0 / 20, score => score.FiveShot20Way),
        new("eer", "verification, equal error rate", 0.5, score => score.EqualErrorRate),
        new("auc", "verification, area under the ROC curve", 0.5, score => score.AreaUnderCurve),
        new("verificationAccuracy", "verification, accuracy", 0.5, score => score.Accuracy),
    ];
}

/// <summary>What several trainings have reached of one figure.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation of one training, estimated from all.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
internal sealed record Spread(double Mean, double Deviation, double Least, double Most)
{
    /// <summary>Of two values or more.</summary>
    /// <param name="values">The values.</param>
    public static Spread Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return new Spread(mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)), values.Min(), values.Max());
    }
}

/// <summary>One figure of a score.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Title">Its name in the table.</param>
/// <param name="Chance">What guessing reaches.</param>
/// <param name="Of">Takes it from a score.</param>
internal sealed record Figure(string Key, string Title, double Chance, Func<Score, double> Of);
