using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Tests.Training;

/// <summary>Points around the centre of their class in the first coordinates, with strong noise in the others: learnable by a linear map.</summary>
internal sealed class Clusters(int classes, int perClass, int inputLength = 12, float jitter = 0f, ulong seed = 5) : IExampleSet
{
    private readonly int[] _classes = [.. Enumerable.Range(0, classes * perClass).Select(i => i / perClass)];
    private readonly int[] _groups = new int[classes * perClass];

    public int Count => classes * perClass;

    public int InputLength => inputLength;

    public ReadOnlySpan<int> Classes => _classes;

    public ReadOnlySpan<int> Groups => _groups;

    public void Read(int index, Span<float> destination, ref CounterRandom random)
    {
        var centre = new CounterRandom(seed, CounterRandom.Purpose.Data, (uint)_classes[index]);
        var own = new CounterRandom(seed, CounterRandom.Purpose.Data, (uint)index, 1);
        for (int i = 0; i < destination.Length; i++)
            destination[i] = (i < destination.Length / 2 ? centre.NextSingle(-1f, 1f) + own.NextSingle(-0.1f, 0.1f) : own.NextSingle(-2f, 2f)) + (jitter * random.NextSingle());
    }
}

/// <summary>Batches of a few random classes, all of their first drawings; or random pairs.</summary>
internal sealed class SimpleSampler(IExampleSet examples, BatchStructure structure, int batchSize, int batches = 10) : IBatchSampler
{
    public BatchStructure Structure => structure;

    public int BatchSize => batchSize;

    public int BatchesPerEpoch => batches;

    public void Fill(Batch batch, int epoch, int index)
    {
        var random = new CounterRandom(9, CounterRandom.Purpose.Sampling, (uint)index, (ulong)epoch);
        batch.Count = batchSize;
        Span<int> items = batch.Items;
        ReadOnlySpan<int> classes = examples.Classes;
        for (int i = 0; i < items.Length; i++)
            items[i] = random.NextInt32(classes.Length);
        if (structure is BatchStructure.Pairs)
        {
            // Every other pair is made similar by taking a neighbour of the same class.
            for (int pair = 0; pair < items.Length / 2; pair += 2)
            {
                int left = items[pair];
                items[pair + (items.Length / 2)] = left > 0 && classes[left - 1] == classes[left] ? left - 1 : left + 1;
            }

            for (int pair = 0; pair < items.Length / 2; pair++)
            {
                bool same = classes[items[pair]] == classes[items[pair + (items.Length / 2)]];
                batch.PairLabels[pair] = same ? PairLabel.Similar : PairLabel.Dissimilar;
            }
        }

        for (int i = 0; i < items.Length; i++)
            batch.Classes[i] = classes[items[i]];
    }
}
