namespace SiameseGen.Kernels;

/// <summary>
/// The moments of what a kernel sees, of the whole batch: their mean, and the sums of products of deviations from it. A filter's outputs are w · p, so their
/// mean is w · mean(p), and the sum of their squared deviations wᵀ C w.
/// </summary>
internal readonly ref struct PatchStatistics
{
    private readonly Span<double> _mean; // of each term
    private readonly Span<double> _products; // terms × terms, symmetric

    private PatchStatistics(Span<double> memory, int terms, double count)
    {
        _mean = memory[..terms];
        _products = memory.Slice(terms, terms * terms);
        Count = count;
    }

    /// <summary>Pixels of the batch.</summary>
    public double Count { get; }

    /// <summary>The mean of each term.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Floats of scratch.</summary>
    /// <param name="terms">Terms of the kernel.</param>
    public static int ScratchLength(int terms) => (terms + (terms * terms)) * (sizeof(double) / sizeof(float));

    /// <summary>Adds up the shards' parts, in order.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="parts">For each shard the sums of <see cref="PatchMoments"/>.</param>
    /// <param name="batchSize">Items in the batch.</param>
    /// <param name="memory">The doubles of <see cref="ScratchLength"/> floats.</param>
    public static PatchStatistics Of(scoped in ConvolutionGeometry geometry, ReadOnlySpan<double> parts, int batchSize, Span<double> memory)
    {
        int terms = geometry.Terms, row = PatchMoments.RowLength(geometry), length = PatchMoments.Length(geometry);
        var statistics = new PatchStatistics(memory, terms, (double)batchSize * geometry.Pixels);
        for (int i = 0; i < terms; i++)
        {
            for (int j = i; j <= terms; j++)
            {
                double sum = 0;
                for (int s = 0; s < Shard.Count; s++)
                {
                    if (Shard.Of(s, batchSize).Items > 0)
                        sum += parts[(s * length) + (i * row) + j];
                }

                if (j == terms)
                    statistics._mean[i] = sum / statistics.Count;
                else
                    statistics._products[(i * terms) + j] = sum;
            }
        }

        for (int i = 0; i < terms; i++)
        {
            for (int j = i; j < terms; j++)
            {
                double product = statistics._products[(i * terms) + j] - (statistics.Count * statistics._mean[i] * statistics._mean[j]);
                statistics._products[(i * terms) + j] = statistics._products[(j * terms) + i] = product;
            }
        }

        return statistics;
    }

    /// <summary>The mean and the squared deviations of a filter's outputs.</summary>
    /// <param name="weights">Terms × filters.</param>
    /// <param name="filter">Which filter.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="bias">Its bias.</param>
    public BatchMoments MomentsOf(ReadOnlySpan<float> weights, int filter, int filters, float bias)
    {
        double mean = bias, squares = 0;
        for (int term = 0; term < _mean.Length; term++)
        {
            double weight = weights[(term * filters) + filter];
            mean += weight * _mean[term];
            squares += weight * Products(weights, filter, filters, term);
        }

        // Of outputs that are all equal, rounding may leave a little less than nothing.
        return new BatchMoments(mean, squares < 0 ? 0 : squares, Count);
    }

    /// <summary>The sum of a term's deviation times that of a filter's output: an element of C w.</summary>
    /// <param name="weights">Terms × filters.</param>
    /// <param name="filter">Which filter.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="term">Which term.</param>
    public double Products(ReadOnlySpan<float> weights, int filter, int filters, int term)
    {
        double sum = 0;
        for (int other = 0; other < _mean.Length; other++)
            sum += _products[(term * _mean.Length) + other] * weights[(other * filters) + filter];
        return sum;
    }
}
