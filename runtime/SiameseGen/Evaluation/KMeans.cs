namespace SiameseGen.Evaluation;

/// <summary>
/// k-means by Lloyd's rounds from centres that k-means++ chose (Arthur and Vassilvitskii, "k-means++: the Advantages of Careful Seeding", 2007). Equal seeds give equal clusters, for any number of threads.
/// </summary>
/// <param name="points">The points, one a row.</param>
/// <param name="clusters">How many to make, 1 to the number of points.</param>
internal sealed class KMeans(EmbeddingMatrix points, int clusters)
{
    private const int MostRounds = 300;
    private readonly EmbeddingMatrix _centres = new(clusters, points.Length);
    private readonly int[] _clusterOf = new int[points.Count];
    private readonly float[] _distances = new float[points.Count];

    /// <summary>The cluster of each point.</summary>
    public ReadOnlySpan<int> ClusterOf => _clusterOf;

    /// <summary>The sum of squared distances to the centres.</summary>
    public double Inertia { get; private set; } = double.PositiveInfinity;

    /// <summary>Rounds until no point changed its cluster.</summary>
    public int Rounds { get; private set; }

    /// <summary>Clusters anew.</summary>
    /// <param name="random">Draws the first centres.</param>
    public void Run(ref CounterRandom random)
    {
        ChooseCentres(ref random);
        Array.Fill(_clusterOf, -1);
        for (Rounds = 1; Rounds <= MostRounds && Assign(); Rounds++)
            MoveCentres();
        Inertia = Sum();
    }

    // Each next centre is a point drawn in proportion to its squared distance from the nearest one so far.
    private void ChooseCentres(ref CounterRandom random)
    {
        points.Row(random.NextInt32(points.Count)).CopyTo(_centres.Row(0));
        Array.Fill(_distances, float.PositiveInfinity);
        for (int centre = 1; centre < clusters; centre++)
        {
            int last = centre - 1;
            Parallel.For(0, points.Count, i => _distances[i] = Math.Min(_distances[i], Between(i, last)));
            double place = Sum() * ((random.NextUInt32() + 0.5) / 4294967296.0), passed = 0;
            int drawn = 0;
            for (int i = 0; i < points.Count; i++)
            {
                // Of points that all lie on centres, the last one will do as well as any.
                if (_distances[i] > 0 || drawn == 0)
                    drawn = i;
                passed += _distances[i];
                if (passed >= place && _distances[i] > 0)
                    break;
            }

            points.Row(drawn).CopyTo(_centres.Row(centre));
        }
    }

    // Whether any point changed its cluster; of equally near centres the first counts.
    private bool Assign()
    {
        int changed = 0;
        Parallel.For(0, points.Count, i =>
        {
            int nearest = 0;
            float least = float.PositiveInfinity;
            for (int centre = 0; centre < clusters; centre++)
            {
                float distance = Between(i, centre);
                if (distance < least)
                    (nearest, least) = (centre, distance);
            }

            _distances[i] = least;
            if (_clusterOf[i] == nearest)
                return;
            _clusterOf[i] = nearest;
            Volatile.Write(ref changed, 1);
        });
        return changed != 0;
    }

    private void MoveCentres()
    {
        double[] sums = new double[clusters * points.Length];
        int[] counts = new int[clusters];
        for (int i = 0; i < points.Count; i++)
        {
            int cluster = _clusterOf[i];
            counts[cluster]++;
            Span<double> sum = sums.AsSpan(cluster * points.Length, points.Length);
            ReadOnlySpan<float> point = points.Row(i);
            for (int k = 0; k < sum.Length; k++)
                sum[k] += point[k];
        }

        for (int cluster = 0; cluster < clusters; cluster++)
        {
            Span<float> centre = _centres.Row(cluster);
            if (counts[cluster] == 0)
            {
                // A cluster that lost all of its points starts again where points are served worst.
                int farthest = Array.IndexOf(_distances, _distances.Max());
                points.Row(farthest).CopyTo(centre);
                _distances[farthest] = 0;
                continue;
            }

            for (int k = 0; k < centre.Length; k++)
                centre[k] = (float)(sums[(cluster * points.Length) + k] / counts[cluster]);
        }
    }

    private float Between(int point, int centre) => Distances.Between(DistanceMetric.SquaredEuclidean, points.Row(point), _centres.Row(centre));

    private double Sum()
    {
        double sum = 0;
        foreach (float distance in _distances)
            sum += distance;
        return sum;
    }
}
