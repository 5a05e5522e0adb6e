using SiameseGen.Losses;
using SiameseGen.Models;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Testing.Tests;

/// <summary>The checks of encoders and losses: they pass what is right and say what is wrong.</summary>
public sealed class EncoderCheckTests
{
    [Fact]
    public void Encoders_of_many_kinds_pass()
    {
        EncoderChecks.Gradients(new SmallGlyphs(seed: 1));
        EncoderChecks.Gradients(new SmallResidual(seed: 1));
        EncoderChecks.Gradients(new SmallSensors(seed: 1));
        EncoderChecks.Gradients(new WithOptions(seed: 1));
        EncoderChecks.Gradients(new ClusterOwnLoss(seed: 1));
        EncoderChecks.Allocations(new SmallResidual(seed: 1));
        EncoderChecks.Twins(new SmallTwins(seed: 1));
    }

    [Fact]
    public void The_weights_are_what_they_were()
    {
        var encoder = new SmallResidual(seed: 1);
        float[] before = encoder.Parameters.Values.ToArray();
        EncoderChecks.Gradients(encoder);
        EncoderChecks.Allocations(encoder);
        EncoderChecks.Twins(encoder);
        Assert.Equal(before, encoder.Parameters.Values.ToArray());
    }

    [Fact]
    public void A_wrong_gradient_of_an_encoder_is_said_with_the_tensor() =>
        Assert.Contains("dense1.weight", Assert.Throws<CheckFailedException>(() => EncoderChecks.Gradients(new WrongBackward())).Message, StringComparison.Ordinal);

    [Fact]
    public void An_encoder_that_allocates_is_found() => Assert.Throws<CheckFailedException>(() => EncoderChecks.Allocations(new Wasteful()));

    [Fact]
    public void Branches_that_are_not_alike_are_found()
    {
        Assert.Throws<CheckFailedException>(() => EncoderChecks.Twins(new Unlike()));
        Assert.Throws<NotSupportedException>(() => EncoderChecks.Twins(new ClusterTriplet(seed: 1)));
    }

    [Fact]
    public void Our_losses_pass()
    {
        foreach (DistanceMetric metric in Enum.GetValues<DistanceMetric>())
        {
            if (metric is not DistanceMetric.DotProduct)
                LossCheck.Gradients(new ContrastiveLoss(1.5f, metric));
            LossCheck.Gradients(new TripletLoss(0.5f, metric));
        }

        LossCheck.Gradients<OwnContrastive>();
    }

    [Fact]
    public void A_wrong_loss_does_not_pass()
    {
        Assert.Contains("the loss changes by", Assert.Throws<CheckFailedException>(() => LossCheck.Gradients<Doubled>()).Message, StringComparison.Ordinal);
        Assert.Contains("not written", Assert.Throws<CheckFailedException>(() => LossCheck.Gradients<Forgetful>()).Message, StringComparison.Ordinal);
    }

    private struct Doubled : IEmbeddingLoss
    {
        public readonly string Name => "Doubled";

        public readonly DistanceMetric Distance => DistanceMetric.Euclidean;

        public readonly bool Accepts(BatchStructure structure) => structure is BatchStructure.Classes;

        public readonly LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
        {
            float loss = 0;
            for (int i = 0; i < embeddings.Length; i++)
            {
                loss += embeddings[i] * embeddings[i] / 2;
                gradients[i] = 2 * embeddings[i];
            }

            return new LossResult(loss, 1, 0, 0);
        }
    }

    private struct Forgetful : IEmbeddingLoss
    {
        public readonly string Name => "Forgetful";

        public readonly DistanceMetric Distance => DistanceMetric.Euclidean;

        public readonly bool Accepts(BatchStructure structure) => structure is BatchStructure.Classes;

        public readonly LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace) => new(1, 1, 0, 0);
    }
}
