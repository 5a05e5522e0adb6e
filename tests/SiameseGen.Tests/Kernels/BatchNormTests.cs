using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>What is particular to batch normalisation.</summary>
public class BatchNormTests
{
    [Theory]
    [InlineData(1000f, 0.01f)]
    [InlineData(-30f, 0.001f)]
    [InlineData(1e6f, 1f)]
    public void A_mean_much_larger_than_the_deviation_costs_no_precision(float mean, float deviation)
    {
        const int items = 40, pixels = 9, channels = 11;
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 0);
        float[] input = new float[items * pixels * channels], slopes = LayerHarness.Random(3, input.Length);
        foreach (ref float value in input.AsSpan())
            value = mean + (deviation * random.NextGaussian());
        LayerCase layer = LayerCase.BatchNorm(pixels, channels);
        using var harness = new LayerHarness(layer, items);
        var reference = new ReferenceNetwork(layer.Reference());
        reference.Assign(harness.Parameters.Values);

        double[] expected = reference.Forward(Array.ConvertAll(input, value => (double)value), items);
        float[] output = harness.Forward(input);
        double[] expectedGradient = reference.Backward(Array.ConvertAll(slopes, value => (double)value));
        float[] gradient = harness.Backward(slopes);
        double scale = expectedGradient.Max(Math.Abs);
        for (int i = 0; i < input.Length; i++)
        {
            Assert.Equal(expected[i], output[i], 1e-5);
            Assert.Equal(expectedGradient[i] / scale, gradient[i] / scale, 2e-6);
        }
    }

    [Fact]
    public void A_shard_that_starts_with_an_outlier_costs_no_precision()
    {
        const int items = 8, pixels = 50;
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 1);
        float[] input = new float[items * pixels];
        for (int i = 0; i < input.Length; i++)
            input[i] = (i % pixels == 0 ? 1e4f : 0f) + random.NextGaussian();
        LayerCase layer = LayerCase.BatchNorm(pixels, 1);
        using var harness = new LayerHarness(layer, items);
        var reference = new ReferenceNetwork(layer.Reference());
        reference.Assign(harness.Parameters.Values);
        double[] expected = reference.Forward(Array.ConvertAll(input, value => (double)value), items);
        float[] output = harness.Forward(input);
        for (int i = 0; i < input.Length; i++)
            Assert.Equal(expected[i], output[i], 1e-5);
    }

    [Fact]
    public void Running_statistics_follow_the_batch_with_the_unbiased_variance()
    {
        const int items = 3, channels = 2;
        using var harness = new LayerHarness(LayerCase.BatchNorm(1, channels), items, workers: 2);
        Span<float> running = harness.Parameters.Values[(2 * channels)..];
        new float[] { 1f, 2f, 3f, 4f }.CopyTo(running);
        harness.Forward([1f, -1f, 2f, -1f, 6f, -1f]);

        // Means 3 and −1; Σ(x − mean)² is 4 + 1 + 9 and 0, over 2.
        Assert.Equal((0.9f * 1f) + (0.1f * 3f), running[0], 1e-6f);
        Assert.Equal((0.9f * 2f) - 0.1f, running[1], 1e-6f);
        Assert.Equal((0.9f * 3f) + (0.1f * 7f), running[2], 1e-6f);
        Assert.Equal(0.9f * 4f, running[3], 1e-6f);
    }

    [Fact]
    public void A_batch_of_one_value_a_channel_becomes_the_shift_and_has_no_gradient()
    {
        const int channels = 3;
        using var harness = new LayerHarness(LayerCase.BatchNorm(1, channels), 1);
        float[] output = harness.Forward([5f, -7f, 1e20f]);
        Assert.Equal(harness.Parameters.Values.Slice(channels, channels).ToArray(), output);
        Assert.Equal(new float[channels], harness.Backward([1f, 2f, 3f]));
        Assert.All(harness.Parameters.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_constant_channel_becomes_the_shift()
    {
        const int items = 12;
        using var harness = new LayerHarness(LayerCase.BatchNorm(5, 1), items);
        float[] input = new float[items * 5];
        Array.Fill(input, 0.1f);
        Assert.All(harness.Forward(input), value => Assert.Equal(harness.Parameters.Values[1], value, 1e-6f));
    }

    [Fact]
    public void Halves_of_a_batch_are_normalised_as_one_batch()
    {
        // Branches of twins lie one after the other: normalised each for itself, both halves would come out the same.
        const int items = 16;
        using var harness = new LayerHarness(LayerCase.BatchNorm(1, 1), items);
        float[] input = [.. Enumerable.Range(0, items).Select(i => (i % 8) + (i < 8 ? 0f : 100f))];
        float[] output = harness.Forward(input);
        Assert.True(output[8..].Min() > output[..8].Max());
    }

    [Fact]
    public void The_first_layer_computes_gradients_of_parameters_only()
    {
        LayerCase layer = LayerCase.BatchNorm(4, 5);
        var first = new LayerCase(layer.InputLength, layer.OutputLength)
        {
            Forward = layer.Forward,
            Backward = (pass, at) => layer.Backward(pass, at with { InputGradient = -1 }),
            Reference = layer.Reference,
            Trainable = layer.Trainable,
            State = layer.State,
            StatisticsLength = layer.StatisticsLength,
            SavedLength = layer.SavedLength,
        };
        float[] input = LayerHarness.Random(2, 10 * layer.InputLength), slopes = LayerHarness.Random(3, 10 * layer.OutputLength);
        using var whole = new LayerHarness(layer, 10, workers: 2);
        using var part = new LayerHarness(first, 10, workers: 2);
        whole.Forward(input);
        part.Forward(input);
        whole.Backward(slopes);
        Assert.All(part.Backward(slopes), value => Assert.True(float.IsNaN(value)));
        Assert.Equal(whole.Gradients(), part.Gradients());
    }

    [Fact]
    public void What_is_not_a_number_shows_in_its_channel_only()
    {
        using var harness = new LayerHarness(LayerCase.BatchNorm(1, 2), 4);
        float[] output = harness.Forward([1f, 2f, float.NaN, 4f, 5f, 6f, 7f, 9f]);
        Assert.All(output.Where((_, i) => i % 2 == 0), value => Assert.True(float.IsNaN(value)));
        Assert.All(output.Where((_, i) => i % 2 == 1), value => Assert.True(float.IsFinite(value)));
    }
}
