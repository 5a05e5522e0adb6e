using System.Globalization;

namespace SiameseGen.Evaluation;

/// <summary>
/// One-shot classification in fixed runs: each query goes to the nearest of the run's examples, one a class. With the 20 runs published with
/// Omniglot this is the 20-way within-alphabet protocol of Lake, Salakhutdinov and Tenenbaum, "Human-level concept learning through
/// probabilistic program induction", 2015: 400 trials, each query judged by itself.
/// </summary>
public static class OneShotRuns
{
    /// <summary>Measures all runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="name">What the runs are called in the protocol.</param>
    /// <exception cref="ArgumentException">There are no runs.</exception>
    public static OneShotResult Measure(IReadOnlyList<OneShotRun> runs, string name = "given runs")
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count == 0)
            throw new ArgumentException("There are no runs to measure.", nameof(runs));
        TieCounts[] answers = [.. runs.Select(Answers)];
        int trials = runs.Sum(run => run.Queries.Count);
        int fewest = runs.Min(run => run.Support.Count), most = runs.Max(run => run.Support.Count);
        string ways = fewest == most ? $"{most}" : $"{fewest}- to {most}"; // chance differs from run to run
        var bootstrap = new SubjectBootstrap([.. Enumerable.Range(0, runs.Count)]);
        return new OneShotResult(
            bootstrap.Mean(answers, most), trials, [.. answers.Select(ofRun => ofRun.Mean)],
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {ways}-way 1-shot, {runs.Count} run{(runs.Count == 1 ? "" : "s")}, {trials:#,0} trials, each query by itself, ties score 1/k; 95 % interval by {bootstrap.Words(runs.Count == 1 ? "run" : "runs")}"));
    }

    private static TieCounts Answers(OneShotRun run)
    {
        float[] distances = new float[run.Support.Count];
        var answers = new TieCounts(distances.Length);
        foreach (int query in run.Queries)
        {
            for (int i = 0; i < distances.Length; i++)
                distances[i] = run.Examples.Distance(query, run.Support[i]);
            answers.Add(Ranking.Ties(distances, run.AnswerTo(query)));
        }

        return answers;
    }
}

/// <summary>One run of one-shot classification.</summary>
public sealed record OneShotRun
{
    private readonly Dictionary<int, int> _positionOfClass = [];

    /// <summary>Checks and takes a run.</summary>
    /// <param name="examples">The examples that the numbers lead to.</param>
    /// <param name="support">One example of each class.</param>
    /// <param name="queries">Examples to classify, of these classes and not among the support.</param>
    /// <exception cref="ArgumentException">Two supports are of one class; a query's class has no support; a query is its own support; there are
    /// fewer than two supports or no queries.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no example of such a number.</exception>
    public OneShotRun(EmbeddedExamples examples, IReadOnlyList<int> support, IReadOnlyList<int> queries)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(support);
        ArgumentNullException.ThrowIfNull(queries);
        if (support.Count < 2 || queries.Count == 0)
            throw new ArgumentException($"A run needs two supports and a query at least; it has {support.Count} and {queries.Count}.", nameof(support));
        CheckNumbers(examples, support, nameof(support));
        CheckNumbers(examples, queries, nameof(queries));
        for (int i = 0; i < support.Count; i++)
        {
            int own = examples.Classes[support[i]];
            if (!_positionOfClass.TryAdd(own, i))
            {
                throw new ArgumentException(
                    $"Supports {_positionOfClass[own]} and {i} are of one class. One-shot runs have one example a class.", nameof(support));
            }
        }

        foreach (int query in queries)
        {
            if (!_positionOfClass.TryGetValue(examples.Classes[query], out int position))
                throw new ArgumentException($"Query {query} is of a class that no support is of.", nameof(queries));
            if (support[position] == query)
                throw new ArgumentException($"Query {query} is its own support.", nameof(queries));
        }

        Examples = examples;
        Support = support;
        Queries = queries;
    }

    /// <summary>The examples that the numbers lead to.</summary>
    public EmbeddedExamples Examples { get; }

    /// <summary>One example of each class.</summary>
    public IReadOnlyList<int> Support { get; }

    /// <summary>Examples to classify.</summary>
    public IReadOnlyList<int> Queries { get; }

    /// <summary>The position in <see cref="Support"/> of the right answer to a query.</summary>
    /// <param name="query">One of <see cref="Queries"/>.</param>
    /// <exception cref="KeyNotFoundException">It is not of a class of the run.</exception>
    public int AnswerTo(int query) => _positionOfClass[Examples.Classes[query]];

    private static void CheckNumbers(EmbeddedExamples examples, IReadOnlyList<int> numbers, string parameter)
    {
        foreach (int number in numbers)
        {
            if ((uint)number >= (uint)examples.Count)
                throw new ArgumentOutOfRangeException(parameter, number, $"There are examples 0 to {examples.Count - 1}.");
        }
    }
}

/// <summary>The outcome of one-shot runs.</summary>
/// <param name="Interval">The share of trials answered rightly, 0 to 1, with its 95 % interval over runs; of one run, which says nothing of others, it is 0 to 1. Where all trials of n runs were right, it reaches down to 1 − 3/n (the rule of three).</param>
/// <param name="Trials">Queries of all runs.</param>
/// <param name="PerRun">The accuracy of each run.</param>
/// <param name="Protocol">What was done, in words.</param>
public sealed record OneShotResult(Estimate Interval, int Trials, IReadOnlyList<double> PerRun, string Protocol)
{
    /// <summary>The share of trials answered rightly, 0 to 1.</summary>
    public double Accuracy => Interval.Value;

    /// <summary>The accuracy with its 95 % interval, and the protocol.</summary>
    public override string ToString() => $"{Interval}: {Protocol}";
}
