using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Losses;

/// <summary>A learned scale gives what a temperature that is set gives, and its gradient is that of the loss.</summary>
public class LearnedScaleTests
{
    private const int Count = 12, Length = 6;

    public static TheoryData<bool, LossReduction> Cases => new(
        from supervised in (bool[])[false, true]
        from reduction in Enum.GetValues<LossReduction>()
        select (supervised, reduction));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_and_its_gradients_are_those_of_the_temperature(bool supervised, LossReduction reduction)
    {
        const float temperature = 0.35f;
        (float loss, float[] gradients, float ofScale) = Evaluate(supervised, 0.8f, LearnedScale.One, reduction, -MathF.Log(temperature));
        (float expected, float[] expectedGradients, _) = Evaluate(supervised, temperature, LearnedScale.None, reduction, 0f);
        Assert.Equal(expected, loss, 1e-5f * Math.Abs(expected));
        float largest = expectedGradients.Max(Math.Abs);
        for (int i = 0; i < gradients.Length; i++)
            Assert.Equal(expectedGradients[i], gradients[i], 1e-4f * largest);

        // Central differences of the loss by the logarithm of the scale.
        const float step = 0.02f;
        float above = Evaluate(supervised, temperature * MathF.Exp(-step), LearnedScale.None, reduction, 0f).Loss;
        float below = Evaluate(supervised, temperature * MathF.Exp(step), LearnedScale.None, reduction, 0f).Loss;
        Assert.Equal((above - below) / (2 * step), ofScale, 2e-3f * Math.Max(1f, Math.Abs(ofScale)));
        Assert.True(Math.Abs(ofScale) > 0.01f, $"The gradient of the scale is {ofScale}: there is nothing to compare.");
    }

    [Fact]
    public void It_starts_where_the_temperature_sets_it()
    {
        LossWeights weights = new NTXentLoss(0.25f, LearnedScale.One).CreateWeights(classes: 5, Length, seed: 1)!;
        Assert.Equal(MathF.Log(4f), Assert.Single(weights.Values.ToArray()), 1e-6f);
        Assert.Null(new NTXentLoss(0.25f).CreateWeights(5, Length, seed: 1));
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NTXentLoss(learned: (LearnedScale)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SupervisedContrastiveLoss(learningRateFactor: -1f));
    }

    private static (float Loss, float[] Gradients, float OfScale) Evaluate(bool supervised, float temperature, LearnedScale learned, LossReduction reduction, float logarithm)
    {
        EmbeddingLoss loss = supervised ? new SupervisedContrastiveLoss(temperature, learned, reduction: reduction) : new NTXentLoss(temperature, learned, reduction: reduction);
        var batch = new Batch(BatchStructure.Classes, Count);
        for (int i = 0; i < Count; i++)
            batch.Classes[i] = i % 5;
        var random = new CounterRandom(12, CounterRandom.Purpose.Data, 3);
        float[] embeddings = new float[Count * Length], gradients = new float[Count * Length];
        foreach (ref float value in embeddings.AsSpan())
            value = random.NextSingle(-1f, 1f);
        LossWeights? weights = loss.CreateWeights(5, Length, seed: 1);
        if (weights is not null)
            weights.Values[0] = logarithm;
        LossResult result = loss.Evaluate(batch, embeddings, gradients, new LossWorkspace(Count, Length) { Learned = weights });
        return (result.Loss, gradients, weights is null ? 0f : weights.Gradients[0]);
    }
}
