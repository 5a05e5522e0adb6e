using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Losses;

/// <summary>What losses over two views do with batches that say little, and that they allocate nothing.</summary>
public class ViewLossTests
{
    private static readonly EmbeddingLoss[] All = [new BarlowTwinsLoss(), new VICRegLoss(), new SimSiamLoss(), new SimSiamLoss(hidden: 40), new CombinedLoss((new VICRegLoss(), 1f), (new NTXentLoss(), 2f))];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, All.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Equal_views_zeros_and_one_example_are_no_trouble(int index)
    {
        EmbeddingLoss loss = All[index];
        const int length = 9;
        foreach (int examples in (int[])[1, 2, 7])
        {
            foreach (string what in (string[])["random", "equal views", "all equal", "zeros"])
            {
                float[] embeddings = Random(2 * examples * length), gradients = new float[embeddings.Length];
                if (what == "equal views")
                    embeddings.AsSpan(0, examples * length).CopyTo(embeddings.AsSpan(examples * length));
                else if (what != "random")
                    Array.Fill(embeddings, what == "zeros" ? 0f : 0.5f);
                Array.Fill(gradients, float.NaN);
                LossWeights? learned = loss.CreateWeights(0, length, seed: 1);
                LossResult result = loss.Evaluate(Batch(examples), embeddings, gradients, new LossWorkspace(2 * examples, length) { Learned = learned });
                Assert.True(float.IsFinite(result.Loss), $"{loss.Name}, {what}: {result}");
                Assert.All([.. gradients, .. learned is null ? [] : learned.Gradients.ToArray()], gradient => Assert.True(float.IsFinite(gradient), $"{loss.Name}, {what}: {gradient}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_batch_allocates_nothing(int index)
    {
        EmbeddingLoss loss = All[index];
        const int examples = 32, length = 24;
        float[] embeddings = Random(2 * examples * length), gradients = new float[embeddings.Length];
        Batch batch = Batch(examples);
        var workspace = new LossWorkspace(2 * examples, length) { Learned = loss.CreateWeights(0, length, seed: 1) };
        LossResult first = loss.Evaluate(batch, embeddings, gradients, workspace);
        Assert.Equal(0, Allocation.Least(() => loss.Evaluate(batch, embeddings, gradients, workspace)));
        Assert.Equal(first, loss.Evaluate(batch, embeddings, gradients, workspace));
    }

    [Fact]
    public void Values_that_agree_between_views_and_say_different_things_have_no_loss()
    {
        // Two values, uncorrelated over four examples, and the same in both views.
        float[] view = [2f, 2f, 2f, -2f, -2f, 2f, -2f, -2f], embeddings = [.. view, .. view], gradients = new float[16];
        Assert.Equal(0f, new BarlowTwinsLoss().Evaluate(Batch(4), embeddings, gradients, new LossWorkspace(8, 2)).Loss, 1e-5f);
        Assert.Equal((0f, 0f), new VICRegLoss().Evaluate(Batch(4), embeddings, gradients, new LossWorkspace(8, 2)) is var result ? (result.Loss, result.ActiveShare) : default);
        Assert.All(gradients, gradient => Assert.Equal(0f, gradient));
        Assert.Equal(0f, new VICRegLoss().Evaluate(Batch(4), embeddings, gradients, new LossWorkspace(8, 2)).PositiveDistance, 1e-6f);
    }

    [Fact]
    public void A_batch_that_is_no_views_is_refused()
    {
        var batch = new Batch(BatchStructure.Classes, 4);
        (batch.Classes[0], batch.Classes[1], batch.Classes[2], batch.Classes[3]) = (0, 0, 1, 1);
        foreach (EmbeddingLoss loss in All)
        {
            var workspace = new LossWorkspace(4, 3) { Learned = loss.CreateWeights(0, 3, seed: 1) };
            Assert.Contains("ViewSampler", Assert.Throws<ArgumentException>(() => loss.Evaluate(batch, new float[12], new float[12], workspace)).Message, StringComparison.Ordinal);
        }

        batch.Count = 3;
        Assert.Throws<ArgumentException>(() => new BarlowTwinsLoss().Evaluate(batch, new float[9], new float[9], new LossWorkspace(4, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BarlowTwinsLoss(0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VICRegLoss(variance: -1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimSiamLoss(hidden: -1));
    }

    private static Batch Batch(int examples)
    {
        var batch = new Batch(BatchStructure.Classes, 2 * examples);
        for (int i = 0; i < batch.Count; i++)
            batch.Classes[i] = i % examples;
        return batch;
    }

    private static float[] Random(int count)
    {
        var random = new CounterRandom(8, CounterRandom.Purpose.Data, (uint)count);
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = random.NextSingle(-1f, 1f);
        return values;
    }
}
