using SiameseGen.Losses;
using SiameseGen.Reference;
using SiameseGen.Sampling;
using SiameseGen.Tests.Training;
using Xunit;

namespace SiameseGen.Tests.References;

public class EncoderComparisonTests
{
    private const int Count = 12;

    private static readonly float[] Inputs = Random(Count * DenseEncoder<DeclaredTriplet>.Inputs);

    [Fact]
    public void A_hand_written_encoder_agrees_with_the_reference_network()
    {
        var pairs = new Batch(BatchStructure.Pairs, Count);
        for (int pair = 0; pair < Count / 2; pair += 2)
            pairs.PairLabels[pair] = PairLabel.Dissimilar;
        _ = EncoderComparison.AssertAgrees<DenseEncoder<DeclaredContrastive>>(
            Network(12),
            ContrastiveLossReference.OfPairs(1, DistanceMetric.Euclidean, pairs.PairLabels.ToArray()),
            new DenseEncoder<DeclaredContrastive>(1).Parameters,
            pairs,
            Inputs);
        _ = EncoderComparison.AssertAgrees<DenseEncoder<DeclaredTriplet>>(
            Network(12),
            TripletLossReference.OfTriplets(0.5, DistanceMetric.Euclidean, Count / 3),
            new DenseEncoder<DeclaredTriplet>(1).Parameters,
            new Batch(BatchStructure.Triplets, Count),
            Inputs);
    }

    [Fact]
    public void Other_layers_or_another_loss_do_not_agree()
    {
        var batch = new Batch(BatchStructure.Triplets, Count);
        Parameters parameters = new DenseEncoder<DeclaredTriplet>(1).Parameters;
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => EncoderComparison.AssertAgrees<DenseEncoder<DeclaredTriplet>>(
            Network(12, new TanhReference()), TripletLossReference.OfTriplets(0.5, DistanceMetric.Euclidean, Count / 3), parameters, batch, Inputs));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => EncoderComparison.AssertAgrees<DenseEncoder<DeclaredTriplet>>(
            Network(12), TripletLossReference.OfTriplets(0.4, DistanceMetric.Euclidean, Count / 3), parameters, batch, Inputs));
    }

    private static ReferenceNetwork Network(int inputs, params IReferenceLayer[] more) =>
        new([new DenseReference(inputs, DenseEncoder<DeclaredTriplet>.Outputs, bias: true), .. more]);

    private static float[] Random(int count)
    {
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 8);
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = random.NextSingle(-1f, 1f);
        return values;
    }
}
