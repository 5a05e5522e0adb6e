using SiameseGen.Persistence;
using SiameseGen.Reference;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Models.Tests.Import;

/// <summary>Weights of Keras are SiameseGen's under other names and, some, of other shapes.</summary>
public sealed class KerasTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/", "")]
    [InlineData(".", "")]
    [InlineData("/", ":0")]
    public void A_convolutional_network_comes_over(string separator, string end)
    {
        string[] layers = ["conv2d", "batch_normalization", "conv2d_1", "batch_normalization_1", "dense"];
        AssertComesOver(new SmallGlyphs(seed: 1), new SmallGlyphs(seed: 2), new Dictionary<string, string>
        {
            ["conv2d1"] = layers[0],
            ["batchnorm1"] = layers[1],
            ["conv2d2"] = layers[2],
            ["batchnorm2"] = layers[3],
            ["dense1"] = layers[4],
        }, name => name.Replace("|", separator, StringComparison.Ordinal) + end);
    }

    [Fact]
    public void Separable_and_depthwise_convolutions_come_over()
    {
        AssertComesOver(new SeparableLayers(seed: 1), new SeparableLayers(seed: 2), new Dictionary<string, string>
        {
            ["separableconv2d1.depthwiseconv2d1"] = "separable_conv2d|depthwise",
            ["separableconv2d1.conv2d1"] = "separable_conv2d|pointwise",
            ["separableconv2d2.depthwiseconv2d1"] = "separable_conv2d_1|depthwise",
            ["separableconv2d2.conv2d1"] = "separable_conv2d_1|pointwise",
            ["batchnorm1"] = "batch_normalization",
            ["dense1"] = "dense",
        }, name => name.Replace("|depthwise|", "/depthwise_", StringComparison.Ordinal).Replace("|pointwise|kernel", "/pointwise_kernel", StringComparison.Ordinal)
            .Replace("|pointwise|", "/", StringComparison.Ordinal).Replace('|', '/'));
        AssertComesOver(new FirstDepthwiseConvolution(seed: 1), new FirstDepthwiseConvolution(seed: 2), new Dictionary<string, string> { ["depthwiseconv2d1"] = "depthwise_conv2d" }, name => name.Replace('|', '/'));
    }

    [Fact]
    public void Slopes_that_are_shared_by_all_pixels_come_over() => AssertComesOver(
        new PlainPReLU(seed: 1), new PlainPReLU(seed: 2),
        new Dictionary<string, string> { ["conv2d1"] = "conv2d", ["prelu1"] = "p_re_lu", ["dense1"] = "dense", ["prelu2"] = "p_re_lu_1", ["dense2"] = "dense_1" },
        name => name.Replace('|', '/'), ones: "p_re_lu|alpha");

    // Keras keeps what SiameseGen keeps: only names and sizes of 1 differ.
    private void AssertComesOver(IEncoder from, IEncoder to, Dictionary<string, string> layers, Func<string, string> finish, string ones = "")
    {
        ReferenceCase.Disturb(from.Parameters);
        EncoderInfo info = from.Parameters.Info;
        Dictionary<string, (int[] Shape, float[] Values)> tensors = [];
        foreach (ParameterTensor tensor in info.Tensors)
        {
            string word = tensor.Role switch
            {
                ParameterRole.Weight => "kernel",
                ParameterRole.Bias => "bias",
                ParameterRole.Gain => "gamma",
                ParameterRole.Shift => "beta",
                ParameterRole.RunningMean => "moving_mean",
                ParameterRole.RunningVariance => "moving_variance",
                _ => "alpha",
            };
            string name = $"{layers[tensor.Name[..tensor.Name.LastIndexOf('.')]]}|{word}";
            int[] shape = tensor.Shape.Length == 3 ? [.. tensor.Shape, 1] : name == ones ? [1, 1, .. tensor.Shape] : [.. tensor.Shape];
            tensors.Add(finish(name), (shape, from.Parameters[tensor].ToArray()));
        }

        ForeignFile.Write(_folder.File("keras.safetensors"), tensors);
        to.Import(_folder.File("keras.safetensors"), WeightNaming.Keras);
        Assert.Equal(from.Parameters.Values.ToArray(), to.Parameters.Values.ToArray());
    }
}
