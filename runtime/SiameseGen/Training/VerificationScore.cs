using SiameseGen.Data;

namespace SiameseGen.Training;

/// <summary>
/// How well the distance tells similar from dissimilar pairs of a validation set: the area under the ROC curve, the probability that a similar
/// pair is closer than a dissimilar one. Always the same pairs, so that epochs compare; unlike a loss, it compares across losses and margins.
/// </summary>
internal sealed class VerificationScore<TEncoder>
    where TEncoder : class, IEncoder
{
    private const int Pairs = 10_000;
    private readonly IExampleSet _examples;
    private readonly (int Left, int Right)[] _similar = new (int, int)[Pairs];
    private readonly (int Left, int Right)[] _dissimilar = new (int, int)[Pairs];
    private readonly float[] _similarDistances = new float[Pairs];
    private readonly float[] _dissimilarDistances = new float[Pairs];

    /// <summary>Draws the pairs.</summary>
    /// <exception cref="ArgumentException">The set has no similar or no dissimilar pair.</exception>
    public VerificationScore(IExampleSet examples, string parameter)
    {
        _examples = examples;
        int[] classes = examples.Classes.ToArray();
        int[][] members = [.. Enumerable.Range(0, classes.Length).GroupBy(i => classes[i]).Select(group => group.ToArray())];
        int[] paired = [.. members.Where(group => group.Length > 1).SelectMany(group => group)];
        if (members.Length < 2 || paired.Length == 0)
            throw new ArgumentException("Validation needs two classes at least, and a class with two examples; this set has no pairs to tell apart.", parameter);
        Dictionary<int, int[]> ofClass = members.ToDictionary(group => classes[group[0]]);
        var random = new CounterRandom(0, CounterRandom.Purpose.Evaluation, 0);
        for (int i = 0; i < Pairs; i++)
        {
            int left = paired[random.NextInt32(paired.Length)];
            int[] own = ofClass[classes[left]];
            int right = own[random.NextInt32(own.Length - 1)];
            _similar[i] = (left, right == left ? own[^1] : right);
            do
            {
                left = random.NextInt32(classes.Length);
                right = random.NextInt32(classes.Length);
            }
            while (classes[left] == classes[right]);
            _dissimilar[i] = (left, right);
        }
    }

    /// <summary>The area under the ROC curve, 0 to 1.</summary>
    public double Of(TEncoder encoder, WorkerTeam team)
    {
        EmbeddingMatrix all = BulkEmbedder.EmbedAll(encoder, _examples, team);
        Measure(all, _similar, _similarDistances);
        Measure(all, _dissimilar, _dissimilarDistances);
        return AreaUnderCurve(_similarDistances, _dissimilarDistances);
    }

    private static void Measure(EmbeddingMatrix all, (int Left, int Right)[] pairs, float[] distances)
    {
        for (int i = 0; i < pairs.Length; i++)
            distances[i] = Distances.Between(TEncoder.Info.Distance, all.Row(pairs[i].Left), all.Row(pairs[i].Right));
    }

    // Mann and Whitney's count: dissimilar pairs that are further than each similar one, ties counting half.
    private static double AreaUnderCurve(float[] similar, float[] dissimilar)
    {
        Array.Sort(similar);
        Array.Sort(dissimilar);
        double wins = 0;
        int closer = 0, notFurther = 0;
        foreach (float distance in similar)
        {
            while (closer < dissimilar.Length && dissimilar[closer] < distance)
                closer++;
            while (notFurther < dissimilar.Length && dissimilar[notFurther] <= distance)
                notFurther++;
            wins += dissimilar.Length - ((closer + notFurther) / 2.0);
        }

        return wins / ((double)similar.Length * dissimilar.Length);
    }
}
