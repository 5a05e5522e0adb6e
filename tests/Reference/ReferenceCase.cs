using System.Reflection;
using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Reference;

/// <summary>A batch for a declared encoder, and the loss over it in double precision; the same for the same encoder and structure.</summary>
public sealed class ReferenceCase
{
    private const int Items = 13, Pairs = 11, Triplets = 7, Classes = ClassLossReference.ClassCount, Views = 6;

    /// <summary>The kinds of losses that have a reference.</summary>
    public static IReadOnlyCollection<Type> Losses { get; } = [typeof(ContrastiveLossAttribute), typeof(TripletLossAttribute), .. ClassLossReference.Kinds];

    /// <summary>Makes a batch of odd size.</summary>
    /// <param name="encoder">A class marked <c>[Encoder]</c> with a loss.</param>
    /// <param name="structure">How the items belong together; one that the loss accepts.</param>
    /// <param name="seed">Equal seeds make equal cases.</param>
    public ReferenceCase(Type encoder, BatchStructure structure, ulong seed = 1)
    {
        var random = new CounterRandom(seed, CounterRandom.Purpose.Data, 1);
        EncoderInfo info = (EncoderInfo)encoder.GetProperty("Info", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        Batch = new Batch(structure, structure switch { BatchStructure.Pairs => 2 * Pairs, BatchStructure.Triplets => 3 * Triplets, _ => Items });
        foreach (ref int number in Batch.Classes)
            number = random.NextInt32(Classes);
        if (info.Loss is { TakesViews: true })
        {
            Batch.Count = 2 * Views;
            for (int i = 0; i < Batch.Count; i++)
                Batch.Classes[i] = i % Views;
        }

        for (int pair = 0; pair < Batch.PairLabels.Length; pair++)
            Batch.PairLabels[pair] = pair % 3 == 1 ? PairLabel.Similar : PairLabel.Dissimilar;
        Weights = info.Loss?.CreateWeights(Classes, info.EmbeddingLength, seed: 1);
        foreach (ref float value in Weights is null ? default : Weights.Values)
            value += random.NextSingle(-0.1f, 0.1f); // what starts equal, or at 0, is to differ
        double[][] proxies = [.. (Weights is null ? [] : Weights.Values.ToArray()).Select(value => (double)value).Chunk(info.EmbeddingLength)];
        LossAttribute[] declared = [.. encoder.GetCustomAttributes<LossAttribute>(inherit: false)];
        LossReference[] losses = [.. declared.Select(attribute => Of(attribute, structure, proxies))];
        Loss = declared is [{ Weight: 1f }] ? losses[0] : new LossSumReference([.. losses.Zip(declared, (loss, attribute) => (loss, (double)attribute.Weight))]);
    }

    /// <summary>Classes and labels.</summary>
    public Batch Batch { get; }

    /// <summary>What the loss learns; null for one that learns nothing.</summary>
    public LossWeights? Weights { get; }

    /// <summary>The loss over the batch.</summary>
    public LossReference Loss { get; }

    /// <summary>Inputs between −1 and 1 for the batch.</summary>
    /// <param name="length">Floats of one item.</param>
    /// <param name="seed">Equal seeds make equal inputs.</param>
    public float[] Inputs(int length, ulong seed = 1)
    {
        var random = new CounterRandom(seed, CounterRandom.Purpose.Data, 2);
        float[] inputs = new float[Batch.Count * length];
        foreach (ref float value in inputs.AsSpan())
            value = random.NextSingle(-1f, 1f);
        return inputs;
    }

    /// <summary>The same inputs with some of them twice, so that their embeddings are identical: of one class and of two, a similar pair and a dissimilar one, an anchor with its positive and another with its negative.</summary>
    /// <param name="inputs">Inputs of the batch.</param>
    /// <param name="length">Floats of one item.</param>
    public float[] WithTwins(float[] inputs, int length)
    {
        int[] classes = Batch.Classes.ToArray();
        int Other(bool same) => Enumerable.Range(1, classes.Length - 1).First(i => classes[i] == classes[0] == same);
        (int From, int To)[] twins = Batch.Structure switch
        {
            BatchStructure.Pairs => [(0, Pairs), (1, Pairs + 1)],
            BatchStructure.Triplets => [(0, Triplets), (1, (2 * Triplets) + 1)],
            _ => [(0, Other(same: true)), (0, Other(same: false))],
        };
        float[] result = [.. inputs];
        foreach ((int from, int to) in twins)
            inputs.AsSpan(from * length, length).CopyTo(result.AsSpan(to * length, length));
        return result;
    }

    /// <summary>Moves all weights, biases, gains and running statistics away from where they start, so that none is 0 or 1.</summary>
    /// <param name="parameters">An encoder's weights.</param>
    /// <param name="seed">Equal seeds move alike.</param>
    public static void Disturb(Parameters parameters, ulong seed = 1)
    {
        var random = new CounterRandom(seed, CounterRandom.Purpose.Data, 3);
        foreach (ParameterTensor tensor in parameters.Info.Tensors)
        {
            foreach (ref float value in parameters[tensor])
            {
                value = tensor.Role switch
                {
                    ParameterRole.Weight => value,
                    ParameterRole.Power => random.NextSingle(2f, 4f),
                    ParameterRole.RunningVariance => random.NextSingle(0.5f, 2f),
                    ParameterRole.Gain => random.NextSingle(0.5f, 1.5f) * (random.NextSingle() < 0.25f ? -1f : 1f),
                    _ => random.NextSingle(-0.5f, 0.5f),
                };
            }
        }

        parameters.MarkChanged();
    }

    private LossReference Of(LossAttribute attribute, BatchStructure structure, double[][] proxies) => attribute switch
    {
        TripletLossAttribute loss when loss.Swap || loss.Soft || loss.Reduction != LossReduction.Default =>
            ClassLossReference.OfTriplets(loss, Batch.Classes.ToArray(), structure is BatchStructure.Triplets ? Triplets : 0),
        ContrastiveLossAttribute loss when !loss.Squared || loss.Reduction != LossReduction.Default => ClassLossReference.OfPairs(loss, Batch.Classes.ToArray(), Batch.PairLabels.ToArray()),
        ContrastiveLossAttribute loss when structure is BatchStructure.Pairs =>
            ContrastiveLossReference.OfPairs(loss.Margin, loss.Distance, Batch.PairLabels.ToArray()),
        ContrastiveLossAttribute loss => ContrastiveLossReference.OfClasses(loss.Margin, loss.Distance, Batch.Classes.ToArray()),
        TripletLossAttribute loss when structure is BatchStructure.Triplets => TripletLossReference.OfTriplets(loss.Margin, loss.Distance, Triplets),
        TripletLossAttribute loss => TripletLossReference.OfClasses(loss.Margin, loss.Distance, Batch.Classes.ToArray()),
        WeightedL1LossAttribute => ClassLossReference.OfWeightedL1(Batch.Classes.ToArray(), Batch.PairLabels.ToArray(), proxies),
        { } loss => ClassLossReference.Of(loss, Batch.Classes.ToArray(), proxies) ?? throw new NotSupportedException("A loss without a reference."),
    };
}
