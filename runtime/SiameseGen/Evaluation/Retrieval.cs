using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;

namespace SiameseGen.Evaluation;

/// <summary>How well a search finds the other examples of a query's class among classes never trained on.</summary>
/// <remarks>
/// Each query ranks all references by their distance, itself left out. Among references at the same distance no order is better than another: figures are the mean over all of their orders, so that an encoder that
/// embeds everything in one point scores exactly as chance does. One ranking at a time is in memory for each thread.
/// </remarks>
public static class Retrieval
{
    private static readonly int[] DefaultRanks = [1, 5, 10];

    /// <summary>Takes each example as a query among all the others.</summary>
    /// <param name="examples">Embedded examples.</param>
    /// <param name="ranks">The k of Recall@k, each 1 or more; none for 1, 5 and 10.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="ArgumentException">No class has two examples, a rank is below 1, or a distance is not a finite number.</exception>
    public static RetrievalResult Measure(EmbeddedExamples examples, params ReadOnlySpan<int> ranks)
    {
        ArgumentNullException.ThrowIfNull(examples);
        return Measure(examples.Count, examples.Count, examples.Classes.ToArray(), examples.Classes.ToArray(), examples.Distance, excludesItself: true, ranks);
    }

    /// <summary>Ranks references for queries that are not among them.</summary>
    /// <param name="examples">Embedded examples, queries and references.</param>
    /// <param name="queries">The queries' indices.</param>
    /// <param name="references">The references' indices.</param>
    /// <param name="ranks">The k of Recall@k, each 1 or more; none for 1, 5 and 10.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="ArgumentException">An index is not one of an example, is there twice or is both a query and a reference, no query has a reference of its class, a rank is below 1, or a distance is not a finite number.</exception>
    public static RetrievalResult Measure(EmbeddedExamples examples, IReadOnlyList<int> queries, IReadOnlyList<int> references, params ReadOnlySpan<int> ranks)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(references);
        foreach (int index in queries.Concat(references))
        {
            if ((uint)index >= (uint)examples.Count)
                throw new ArgumentException($"There is no example {index}; there are {examples.Count}.", nameof(queries));
        }

        EnsureDistinct(queries, nameof(queries));
        EnsureDistinct(references, nameof(references));
        int[] both = [.. queries.Intersect(references)];
        if (both.Length > 0)
            throw new ArgumentException($"Example {both[0]} is a query and a reference: it would find itself.", nameof(references));
        int[] all = examples.Classes.ToArray();
        return Measure(
            queries.Count, references.Count, [.. queries.Select(query => all[query])], [.. references.Select(reference => all[reference])],
            (query, reference) => examples.Distance(queries[query], references[reference]), excludesItself: false, ranks);
    }

    // Twice in the list, an example would count as two that are found.
    private static void EnsureDistinct(IReadOnlyList<int> indices, string parameter)
    {
        HashSet<int> seen = [];
        foreach (int index in indices)
        {
            if (!seen.Add(index))
                throw new ArgumentException($"Example {index} is there twice, and would count twice.", parameter);
        }
    }

    private static RetrievalResult Measure(
        int queries, int references, int[] queryClasses, int[] referenceClasses, Func<int, int, float> distance, bool excludesItself, ReadOnlySpan<int> ranks)
    {
        int[] sorted = ranks.IsEmpty ? DefaultRanks : [.. ranks.ToArray().Distinct().Order()];
        if (sorted[0] < 1)
            throw new ArgumentException($"Recall@{sorted[0]} is not defined; ranks are 1 or more.", nameof(ranks));
        double[]?[] figures = Figures(queries, references, queryClasses, referenceClasses, distance, excludesItself, sorted);

        // A query without a reference of its class has nothing to find.
        int[] asked = [.. Enumerable.Range(0, queries).Where(query => figures[query] is not null)];
        if (asked.Length == 0)
            throw new ArgumentException("No query has another example of its class to find.", nameof(queryClasses));
        SubjectBootstrap bootstrap = new([.. asked.Select(query => queryClasses[query])]);
        Estimate Of(int figure) => bootstrap.Mean([.. asked.Select(query => figures[query]![figure])]);
        int ranked = excludesItself ? references - 1 : references, unanswerable = queries - asked.Length;
        string leftOut = unanswerable == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({unanswerable:#,0} left out that have no reference of their class)");
        string what = string.Create(CultureInfo.InvariantCulture, $"{asked.Length:#,0} queries{leftOut}{(excludesItself ? $", each among all {ranked:#,0} others" : $" among {ranked:#,0} references")}");
        return new RetrievalResult
        {
            PrecisionAt1 = Of(RankedQuery.PrecisionAt1),
            RPrecision = Of(RankedQuery.RPrecision),
            MeanAveragePrecision = Of(RankedQuery.AveragePrecision),
            MeanAveragePrecisionAtR = Of(RankedQuery.AveragePrecisionAtR),
            MeanReciprocalRank = Of(RankedQuery.ReciprocalRank),
            RecallAt = sorted.Select((rank, i) => (rank, i)).ToDictionary(entry => entry.rank, entry => Of(RankedQuery.FirstRecall + entry.i)),
            Queries = asked.Length,
            QueriesWithoutReference = unanswerable,
            References = ranked,
            Protocol = $"retrieval, {what}; ties shared; 95 % intervals by {bootstrap.Words("classes")}",
        };
    }

    // Those of each query; null of one without a reference of its class.
    private static double[]?[] Figures(
        int queries, int references, int[] queryClasses, int[] referenceClasses, Func<int, int, float> distance, bool excludesItself, int[] ranks)
    {
        double[]?[] figures = new double[queries][];
        try
        {
            Parallel.For(0, queries, () => new float[references], (query, _, row) =>
            {
                bool[] isHit = new bool[references];
                int count = 0;
                for (int reference = 0; reference < references; reference++)
                {
                    if (excludesItself && reference == query)
                        continue;
                    isHit[count] = referenceClasses[reference] == queryClasses[query];
                    row[count++] = distance(query, reference);
                }

                figures[query] = RankedQuery.Figures(row.AsSpan(0, count), isHit.AsSpan(0, count), ranks);
                return row;
            }, _ => { });
        }
        catch (AggregateException failure) when (failure.InnerException is { } cause)
        {
            // That a distance is not finite is the caller's to know, not how many threads found out.
            ExceptionDispatchInfo.Throw(cause);
        }

        return figures;
    }
}

/// <summary>Figures of retrieval, 0 to 1, each the mean over the queries. Print it: it is a table.</summary>
public sealed record RetrievalResult
{
    /// <summary>How often the closest reference is of the query's class; the same as Recall@1.</summary>
    public required Estimate PrecisionAt1 { get; init; }

    /// <summary>The share of the query's class among the first R references, R being how many of its class there are.</summary>
    public required Estimate RPrecision { get; init; }

    /// <summary>Mean average precision (MAP): the mean over a query's hits of the precision up to each.</summary>
    public required Estimate MeanAveragePrecision { get; init; }

    /// <summary>MAP@R: the precisions up to each hit among the first R, over R (Musgrave, Belongie and Lim, "A Metric Learning Reality Check", 2020).</summary>
    public required Estimate MeanAveragePrecisionAtR { get; init; }

    /// <summary>Mean reciprocal rank (MRR): one over the rank of the first hit.</summary>
    public required Estimate MeanReciprocalRank { get; init; }

    /// <summary>Recall@k as retrieval has it: how often a hit is among the first k.</summary>
    public required IReadOnlyDictionary<int, Estimate> RecallAt { get; init; }

    /// <summary>Queries that had something to find.</summary>
    public required int Queries { get; init; }

    /// <summary>Queries left out, because no reference is of their class.</summary>
    public required int QueriesWithoutReference { get; init; }

    /// <summary>References that each query ranked.</summary>
    public required int References { get; init; }

    /// <summary>What was measured, in words.</summary>
    public required string Protocol { get; init; }

    /// <summary>The figures as a table of plain text, a line each, below the protocol.</summary>
    public override string ToString()
    {
        var table = new StringBuilder();
        table.Append(Protocol).Append('\n');
        Append("Precision@1", PrecisionAt1);
        Append("R-precision", RPrecision);
        Append("MAP", MeanAveragePrecision);
        Append("MAP@R", MeanAveragePrecisionAtR);
        Append("MRR", MeanReciprocalRank);
        foreach ((int rank, Estimate recall) in RecallAt.OrderBy(entry => entry.Key))
            Append(string.Create(CultureInfo.InvariantCulture, $"Recall@{rank}"), recall);
        return table.ToString();

        void Append(string name, Estimate figure) => table.Append(CultureInfo.InvariantCulture, $"{name,-20}{figure}\n");
    }
}
