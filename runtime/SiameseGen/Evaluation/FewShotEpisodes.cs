using System.Globalization;

namespace SiameseGen.Evaluation;

/// <summary>
/// N-way K-shot classification: a support set has K examples of each of N classes, and queries, which are never among them, go to the class that
/// is nearest (Vinyals et al., "Matching Networks for One Shot Learning", 2016).
/// </summary>
public sealed record FewShotEpisodes
{
    /// <summary>N: classes of an episode, 2 or more.</summary>
    public int Ways { get; init; } = 5;

    /// <summary>K: examples of each class, 1 or more.</summary>
    public int Shots { get; init; } = 1;

    /// <summary>Queries of each class of an episode, 1 or more.</summary>
    public int QueriesPerClass { get; init; } = 1;

    /// <summary>Episodes, 2 or more.</summary>
    public int Episodes { get; init; } = 1000;

    /// <summary>Equal seeds draw equal episodes.</summary>
    public int Seed { get; init; }

    /// <summary>Whether all classes of an episode are of one group, such as one alphabet: harder. Groups are drawn in proportion to their classes.</summary>
    public bool WithinGroups { get; init; }

    /// <summary>How near a query is to the K examples of a class.</summary>
    public FewShotRule Rule { get; init; } = FewShotRule.ClassMean;

    /// <summary>The k of <see cref="FewShotRule.NearestNeighbors"/>, 1 or more; unused otherwise.</summary>
    public int Neighbors { get; init; } = 3;

    /// <summary>Runs the episodes.</summary>
    /// <param name="examples">Examples of classes that training has not seen. Classes with fewer than K + queries examples take no part.</param>
    /// <exception cref="ArgumentException">Too few classes have enough examples, or a distance is not a finite number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range, or there is no such rule.</exception>
    /// <exception cref="InvalidOperationException">Class means are asked for, and there are only distances.</exception>
    public FewShotResult Run(EmbeddedExamples examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(Ways, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Shots);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(QueriesPerClass);
        ArgumentOutOfRangeException.ThrowIfLessThan(Episodes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbors, 1);
        EnsureDefined(Rule);
        EnsureCountable((long)Ways * QueriesPerClass, Episodes);
        int[][][] groups = Groups(examples);
        int classes = groups.Sum(group => group.Length);
        var episode = new Episode(examples, this);
        TieCounts answers = new(Ways), ofEpisode = new(Ways);
        double first = 0, sum = 0, squares = 0;
        for (int number = 0; number < Episodes; number++)
        {
            var random = new CounterRandom((ulong)(uint)Seed, CounterRandom.Purpose.Evaluation, (uint)number, 1);
            ofEpisode.Clear();
            episode.Run(GroupOf(groups, random.NextInt32(classes)), ofEpisode, ref random);
            answers.Add(ofEpisode);

            // From the first episode on, so that episodes that do not differ have no spread at all.
            double accuracy = ofEpisode.Mean;
            first = number == 0 ? accuracy : first;
            sum += accuracy - first;
            squares += (accuracy - first) * (accuracy - first);
        }

        double mean = answers.Mean;
        double deviation = Math.Sqrt(Math.Max(0, (squares - (sum * sum / Episodes)) / (Episodes - 1)));
        double error = 1.96 * deviation / Math.Sqrt(Episodes);

        // Episodes that all went right, or all wrong, differ in nothing; others still may.
        Estimate widened = RuleOfThree.Widen(new Estimate(mean, mean - error, mean + error), Episodes);
        string protocol = Describe(classes, groups.Sum(group => group.Sum(members => members.Length)), examples.Classes.ToArray().Distinct().Count() - classes);
        return new FewShotResult(mean, Math.Max(mean - widened.Low, widened.High - mean), Episodes, Episodes * Ways * QueriesPerClass, protocol);
    }

    private static void EnsureDefined(FewShotRule rule)
    {
        if (!Enum.IsDefined(rule))
            throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such rule.");
    }

    private static void EnsureCountable(long queriesPerEpisode, int episodes)
    {
        if (queriesPerEpisode > int.MaxValue / episodes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(episodes), episodes, $"Episodes × Ways × QueriesPerClass is more than {int.MaxValue}, the most queries that are counted. Lower one of them.");
        }
    }

    private string Describe(int classes, int examples, int leftOut)
    {
        string where = WithinGroups ? " within groups" : "";
        string without = leftOut == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" ({leftOut:#,0} left out: fewer than {(long)Shots + QueriesPerClass} examples{(WithinGroups ? $", or in a group of fewer than {Ways} such classes" : "")})");
        string rule = Rule switch
        {
            FewShotRule.ClassMean => "nearest class mean",
            FewShotRule.NearestExample => "nearest example",
            FewShotRule.NearestNeighbors => string.Create(CultureInfo.InvariantCulture, $"votes of the {Neighbors} nearest examples"),
            _ => "least mean distance",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Ways}-way {Shots}-shot, {Episodes:#,0} random episodes{where} with {QueriesPerClass} quer{(QueriesPerClass == 1 ? "y" : "ies")} "
            + $"a class, from {classes:#,0} classes{without} with {examples:#,0} examples, {rule}, ties score 1/k, seed {Seed}; 95 % interval by 1.96 standard errors over episodes");
    }

    // Groups with enough classes, the classes with enough examples in each, and the examples of each of these.
    private int[][][] Groups(EmbeddedExamples examples)
    {
        long needed = (long)Shots + QueriesPerClass;
        int[] classes = examples.Classes.ToArray(), groups = examples.Groups.ToArray();
        int[][] usable =
        [
            .. Enumerable.Range(0, classes.Length).GroupBy(i => classes[i]).Select(group => group.ToArray()).Where(members => members.Length >= needed),
        ];
        int[][][] all = WithinGroups ? [.. usable.GroupBy(members => groups[members[0]]).Select(group => group.ToArray())] : [usable];
        int[][][] chosen = [.. all.Where(group => group.Length >= Ways)];
        if (chosen.Length == 0)
        {
            string most = WithinGroups ? "the largest group has" : "there are";
            int count = all.Length == 0 ? 0 : all.Max(group => group.Length);
            throw new ArgumentException(
                $"{Ways}-way {Shots}-shot episodes need {Ways} classes with {needed} examples each; {most} {count} of them. "
                + "Lower Ways, Shots or QueriesPerClass, or add examples.",
                nameof(examples));
        }

        return chosen;
    }

    private static int[][] GroupOf(int[][][] groups, int classNumber)
    {
        int group = 0;
        while (classNumber >= groups[group].Length)
            classNumber -= groups[group++].Length;
        return groups[group];
    }

    // Memory for one episode after another.
    private sealed class Episode(EmbeddedExamples examples, FewShotEpisodes settings)
    {
        private readonly int[][] _classes = new int[settings.Ways][];
        private readonly float[] _distances = new float[settings.Ways];
        private readonly NeighborVotes? _votes = settings.Rule is FewShotRule.NearestNeighbors ? new(settings.Ways, settings.Shots, settings.Neighbors) : null;
        private readonly EmbeddingMatrix? _means = settings.Rule is FewShotRule.ClassMean ? new(settings.Ways, examples.Embeddings.Length) : null;

        public void Run(int[][] group, TieCounts answers, ref CounterRandom random)
        {
            int[] order = [.. Enumerable.Range(0, group.Length)];
            random.Shuffle<int>(order);
            for (int way = 0; way < settings.Ways; way++)
            {
                int[] members = [.. group[order[way]]];
                random.Shuffle<int>(members);
                _classes[way] = members;
                if (_means is not null)
                    Average(members.AsSpan(0, settings.Shots), _means.Row(way));
            }

            for (int way = 0; way < settings.Ways; way++)
            {
                foreach (int query in _classes[way].AsSpan(settings.Shots, settings.QueriesPerClass))
                {
                    if (_votes is not null)
                        Vote(query, _votes);
                    for (int other = 0; other < settings.Ways && _votes is null; other++)
                        _distances[other] = Distance(query, other);
                    answers.Add(Ranking.Ties(_distances, way));
                }
            }
        }

        private void Vote(int query, NeighborVotes votes)
        {
            votes.Clear();
            for (int way = 0; way < settings.Ways; way++)
            {
                foreach (int example in _classes[way].AsSpan(0, settings.Shots))
                    votes.Add(way, examples.Distance(query, example));
            }

            votes.Rank(_distances);
        }

        private float Distance(int query, int way)
        {
            if (_means is not null)
                return Distances.Between(examples.Metric, examples.Embeddings.Row(query), _means.Row(way));
            float nearest = float.PositiveInfinity;
            double sum = 0;
            foreach (int example in _classes[way].AsSpan(0, settings.Shots))
            {
                float distance = examples.Distance(query, example);
                nearest = Math.Min(nearest, distance);
                sum += distance;
            }

            return settings.Rule is FewShotRule.NearestExample ? nearest : (float)(sum / settings.Shots);
        }

        private void Average(ReadOnlySpan<int> members, Span<float> mean)
        {
            mean.Clear();
            foreach (int member in members)
            {
                ReadOnlySpan<float> row = examples.Embeddings.Row(member);
                for (int i = 0; i < mean.Length; i++)
                    mean[i] += row[i];
            }

            for (int i = 0; i < mean.Length; i++)
                mean[i] /= members.Length;
        }
    }
}

/// <summary>How near a query is to the examples of a class.</summary>
public enum FewShotRule
{
    /// <summary>The distance to the mean of their embeddings (Snell, Swersky and Zemel, "Prototypical Networks for Few-shot Learning", 2017).</summary>
    ClassMean,

    /// <summary>The distance to the nearest of them.</summary>
    NearestExample,

    /// <summary>The mean of the distances to all of them.</summary>
    MeanDistance,

    /// <summary>
    /// The votes of the k examples nearest to the query, of all classes (<see cref="FewShotEpisodes.Neighbors"/>); with equal votes the class of the nearer one. Where more examples are equally far than there are votes left, they share these.
    /// </summary>
    NearestNeighbors,
}

/// <summary>The outcome of few-shot episodes.</summary>
/// <param name="Accuracy">The share of queries that went to their class, 0 to 1; 1/N by chance.</param>
/// <param name="Margin95">Half the width of the 95 % confidence interval of the mean over episodes: 1.96 standard errors, or 3/n where all of n episodes went right, or all wrong (the rule of three).</param>
/// <param name="Episodes">Episodes.</param>
/// <param name="Queries">Queries of all episodes.</param>
/// <param name="Protocol">What was done, in words.</param>
public sealed record FewShotResult(double Accuracy, double Margin95, int Episodes, int Queries, string Protocol)
{
    /// <summary>The accuracy with its 95 % interval, and the protocol.</summary>
    public override string ToString() => $"{new Estimate(Accuracy, Math.Max(0, Accuracy - Margin95), Math.Min(1, Accuracy + Margin95))}: {Protocol}";
}
