using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>The types at a call: inputs, distances and similarities.</summary>
public class TypedCallTests
{
    [Fact]
    public void An_input_is_checked_once_and_embeds_like_the_span_it_views()
    {
        var encoder = new SameConvolution(3);
        Assert.Equal((105, 5, 7, 3), (SameConvolution.Input.Length, SameConvolution.Input.Height, SameConvolution.Input.Width, SameConvolution.Input.Channels));
        byte[] bytes = [.. Enumerable.Range(0, 105).Select(i => (byte)(2 * i))];
        float[] values = [.. bytes.Select(value => value / 255f)];
        SameConvolution.Embedding expected = encoder.Embed(values);
        Assert.Equal(expected, encoder.Embed(new SameConvolution.Input(values)));
        Assert.Equal(expected, encoder.Embed(new SameConvolution.Input(bytes)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        encoder.Embed(new SameConvolution.Input(bytes));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void An_input_of_another_length_is_refused_with_both_lengths()
    {
        string message = Assert.Throws<ArgumentException>("values", () => new SameConvolution.Input(new float[104]).IsBytes).Message;
        Assert.StartsWith("SameConvolution embeds inputs of 5×7×3 = 105 values; this input has 104.", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("bytes", () => new SameConvolution.Input(new byte[106]).IsBytes);
    }

    [Fact]
    public void A_similarity_is_the_cosine()
    {
        var east = ClusterOwnLoss.Embedding.From([1, 0, 0, 0, 0, 0]);
        var north = ClusterOwnLoss.Embedding.From([0, 3, 0, 0, 0, 0]);
        var between = ClusterOwnLoss.Embedding.From([2, 2, 0, 0, 0, 0]);
        var west = ClusterOwnLoss.Embedding.From([-9, 0, 0, 0, 0, 0]);
        Assert.Equal(new Similarity(1f), ClusterOwnLoss.Similarity(east, east));
        Assert.Equal(new Similarity(0f), ClusterOwnLoss.Similarity(east, north));
        Assert.Equal(MathF.Sqrt(0.5f), ClusterOwnLoss.Similarity(between, north).Value, 1e-6f);
        Assert.Equal(new Similarity(-1f), ClusterOwnLoss.Similarity(east, west));
        Assert.Equal(new Similarity(0f), ClusterOwnLoss.Similarity(east, default)); // no direction
    }

    [Fact]
    public void Distances_and_similarities_are_ordered_by_their_numbers()
    {
        Distance near = new(0.25f), far = (Distance)0.5f;
        Assert.True(near < far && far > near && near <= far && far >= near && near.CompareTo(far) < 0);
        Similarity little = new(0.25f), much = (Similarity)0.5f;
        Assert.True(little < much && much > little && little <= much && much >= little && little.CompareTo(much) < 0);
        Assert.Equal(0.5f, (float)far);
        Assert.Equal(0.25f, (float)little);
        Assert.Equal("0.250", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{near:F3}"));
    }
}
