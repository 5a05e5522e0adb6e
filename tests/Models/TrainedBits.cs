using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SiameseGen.Sampling;
using SiameseGen.Training;

namespace SiameseGen.Models;

/// <summary>What a few training steps make of an encoder, as bits: weights, running statistics and embeddings.</summary>
public static class TrainedBits
{
    private const int Steps = 8, Classes = 5, PerClass = 5;

    /// <summary>A hash over several models, each after several steps with batch norm, dropout, clipping and a moving average.</summary>
    /// <param name="threads">Threads to train with.</param>
    public static string Hash(int threads)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Of<SmallGlyphs>(new SmallGlyphs(seed: 3), threads, BatchStructure.Classes));
        hash.AppendData(Of<WinogradConvolutions>(new WinogradConvolutions(seed: 3), threads, BatchStructure.Triplets));
        hash.AppendData(Of<SmallPatches>(new SmallPatches(seed: 3), threads, BatchStructure.Pairs));
        hash.AppendData(Of<SmallSensors>(new SmallSensors(seed: 3), threads, BatchStructure.Classes));
        hash.AppendData(Of<ClusterTriplet>(new ClusterTriplet(seed: 3), threads, BatchStructure.Triplets));
        hash.AppendData(Of<ContrastiveCosine>(new ContrastiveCosine(seed: 3), threads, BatchStructure.Classes));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Trains an encoder for several steps.</summary>
    /// <param name="encoder">The encoder, which is trained.</param>
    /// <param name="threads">Threads to train with.</param>
    /// <param name="structure">How the items of batches belong together.</param>
    /// <returns>Weights, running statistics and the embeddings of a few examples, as bytes.</returns>
    /// <typeparam name="TEncoder">The encoder's class.</typeparam>
    public static byte[] Of<TEncoder>(TEncoder encoder, int threads, BatchStructure structure)
        where TEncoder : class, IEncoder
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var examples = new Clusters(Classes + 1, PerClass, TEncoder.Info.Input.Length, seed: 4, jitter: 0.05f);
        IBatchSampler sampler = structure switch
        {
            BatchStructure.Pairs => new PairSampler(examples, 11, seed: 2),
            BatchStructure.Triplets => new TripletSampler(examples, 7, seed: 2),
            _ => new ClassBalancedSampler(examples, Classes, PerClass, seed: 2),
        };
        using var team = new WorkerTeam(threads);
        var options = new TrainingOptions { Seed = 5, ClipNorm = 1f, AverageDecay = 0.9f };
        var step = new TrainingStep<TEncoder>(encoder, examples, team, sampler.BatchSize, options);
        var batch = new Batch(structure, sampler.BatchSize);
        for (int number = 0; number < Steps; number++)
        {
            sampler.Fill(batch, number / sampler.BatchesPerEpoch, number % sampler.BatchesPerEpoch);
            step.Run(batch, 0.01f);
        }

        return
        [
            .. MemoryMarshal.AsBytes(encoder.Parameters.Values),
            .. MemoryMarshal.AsBytes(step.Average!.Values),
            .. MemoryMarshal.AsBytes(BulkEmbedder.EmbedAll(encoder, examples, team).Values),
        ];
    }
}
