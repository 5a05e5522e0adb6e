using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Benchmarks.Training;

/// <summary>
/// Made-up images, a random pattern a class and some noise an example: their content does not matter for the speed.
/// </summary>
internal sealed class Glyphs : IExampleSet
{
    private const int PerClass = 20, ClassCount = 50;
    private readonly float[] _pixels;
    private readonly int[] _classes = new int[ClassCount * PerClass];
    private readonly int[] _groups = new int[ClassCount * PerClass];

    /// <summary>Makes the images, always the same ones.</summary>
    /// <param name="pixels">Pixels of an image.</param>
    public Glyphs(int pixels)
    {
        InputLength = pixels;
        _pixels = new float[ClassCount * PerClass * pixels];
        for (int example = 0; example < Count; example++)
        {
            int label = _classes[example] = example / PerClass;
            var pattern = new CounterRandom(1, CounterRandom.Purpose.Data, (uint)label);
            var noise = new CounterRandom(2, CounterRandom.Purpose.Data, (uint)example);
            foreach (ref float pixel in _pixels.AsSpan(example * pixels, pixels))
                pixel = (0.7f * pattern.NextSingle()) + (0.3f * noise.NextSingle());
        }
    }

    /// <inheritdoc/>
    public int Count => _classes.Length;

    /// <inheritdoc/>
    public int InputLength { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<int> Classes => _classes;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Groups => _groups;

    /// <summary>All pixels, example after example.</summary>
    public float[] Values => _pixels;

    /// <inheritdoc/>
    public void Read(int index, Span<float> destination, ref CounterRandom random) =>
        _pixels.AsSpan(index * InputLength, InputLength).CopyTo(destination);

    /// <summary>Chooses pairs, every other one similar, always the same ones.</summary>
    /// <param name="batches">How many batches.</param>
    /// <param name="pairs">Pairs in a batch.</param>
    public Batch[] Pairs(int batches, int pairs)
    {
        var all = new Batch[batches];
        for (int b = 0; b < batches; b++)
        {
            Batch batch = all[b] = new Batch(BatchStructure.Pairs, 2 * pairs);
            var random = new CounterRandom(3, CounterRandom.Purpose.Sampling, (uint)b);
            for (int pair = 0; pair < pairs; pair++)
            {
                bool similar = pair % 2 == 0;
                int left = random.NextInt32(ClassCount);
                int right = similar ? left : (left + 1 + random.NextInt32(ClassCount - 1)) % ClassCount;
                int leftExample = random.NextInt32(PerClass);
                int rightExample = (leftExample + 1 + random.NextInt32(PerClass - 1)) % PerClass;
                batch.Items[pair] = (left * PerClass) + leftExample;
                batch.Items[pair + pairs] = (right * PerClass) + rightExample;
                batch.PairLabels[pair] = similar ? PairLabel.Similar : PairLabel.Dissimilar;
            }

            for (int item = 0; item < batch.Count; item++)
                batch.Classes[item] = _classes[batch.Items[item]];
        }

        return all;
    }
}
