using SiameseGen.Sampling;
using SiameseGen.Training;

namespace SiameseGen.Models;

/// <summary>What training and inference allocate once they are warm, thread by thread. For a process of its own.</summary>
public static class AllocatedBytes
{
    private const int Workers = 3, Warm = 40, Measured = 40;

    /// <summary>The bytes that <see cref="Measured"/> training steps, batches included, allocate on each worker.</summary>
    /// <param name="encoder">The encoder, which is trained.</param>
    /// <param name="remembered">Embeddings of earlier batches that are kept.</param>
    /// <typeparam name="TEncoder">The encoder's class.</typeparam>
    public static long[] OfTraining<TEncoder>(TEncoder encoder, int remembered = 0)
        where TEncoder : class, IEncoder
    {
        var examples = new Clusters(6, 5, TEncoder.Info.Input.Length, seed: 4, jitter: 0.05f);
        IBatchSampler sampler = TEncoder.Info.Loss!.TakesViews ? new ViewSampler(examples, 12, seed: 2) : new ClassBalancedSampler(examples, 5, 5, seed: 2);
        using var team = new WorkerTeam(Workers);
        var step = new TrainingStep<TEncoder>(encoder, examples, team, sampler.BatchSize, new TrainingOptions { ClipNorm = 1f, AverageDecay = 0.9f, CrossBatchMemory = remembered });
        var batch = new Batch(BatchStructure.Classes, sampler.BatchSize);
        return OfTeam(team, number =>
        {
            sampler.Fill(batch, number / sampler.BatchesPerEpoch, number % sampler.BatchesPerEpoch);
            step.Run(batch, 0.001f);
        });
    }

    /// <summary>The bytes that embedding floats and bytes, and distances, allocate on a thread, also when the weights have changed.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <typeparam name="TEncoder">The encoder's class.</typeparam>
    /// <typeparam name="TEmbedding">Its embedding.</typeparam>
    public static long OfInference<TEncoder, TEmbedding>(TEncoder encoder)
        where TEncoder : class, IEncoder<TEmbedding>
        where TEmbedding : struct, IEmbedding<TEmbedding>
    {
        ArgumentNullException.ThrowIfNull(encoder);
        float[] input = new float[TEncoder.Info.Input.Length];
        byte[] pixels = new byte[input.Length];
        float distances = 0f;
        using var team = new WorkerTeam(1);
        return OfTeam(team, number =>
        {
            if (number % 3 == 0)
                encoder.Parameters.MarkChanged();
            TEmbedding left = encoder.Embed(input), right = encoder.Embed(pixels);
            distances += TEncoder.Distance(left, right).Value;
        })[0];
    }

    /// <summary>The bytes that embedding one more example costs on each worker besides the embedding itself.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <typeparam name="TEncoder">The encoder's class.</typeparam>
    public static long[] OfBulk<TEncoder>(TEncoder encoder)
        where TEncoder : class, IEncoder
    {
        using var team = new WorkerTeam(Workers);

        // So few more that each worker's memory, which depends on how many examples there are, is the same, and an even number: arrays are made of whole words.
        int length = TEncoder.Info.Input.Length, count = 128, more = 2;
        var few = new Clusters(1, count, length, seed: 4);
        var many = new Clusters(1, count + more, length, seed: 4);
        long[] smaller = OfTeam(team, _ => BulkEmbedder.EmbedAll(encoder, few, team));
        long[] larger = OfTeam(team, _ => BulkEmbedder.EmbedAll(encoder, many, team));
        long[] extra = [.. larger.Zip(smaller, (with, without) => with - without)];
        extra[0] -= (long)Measured * more * TEncoder.Info.EmbeddingLength * sizeof(float);
        return extra;
    }

    /// <summary>The bytes of workers that allocate: what the other figures are told from.</summary>
    public static long[] OfControl()
    {
        using var team = new WorkerTeam(Workers);
        object[] kept = new object[Workers];
        Action<int> allocate = worker => kept[worker] = new byte[100];
        return OfTeam(team, _ => team.Run(allocate));
    }

    private static long[] OfTeam(WorkerTeam team, Action<int> act)
    {
        long[] before = new long[team.Workers], after = new long[team.Workers];
        Action<int> start = worker => before[worker] = GC.GetAllocatedBytesForCurrentThread();
        Action<int> end = worker => after[worker] = GC.GetAllocatedBytesForCurrentThread();
        team.Run(end);
        for (int number = 0; number < Warm; number++)
            act(number);
        team.Run(start);
        for (int number = 0; number < Measured; number++)
            act(number);
        team.Run(end);
        return [.. after.Zip(before, (last, first) => last - first)];
    }
}
