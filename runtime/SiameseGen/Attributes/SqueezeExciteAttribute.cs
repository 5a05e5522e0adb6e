namespace SiameseGen;

/// <summary>
/// Weights each channel by a number from 0 to 1 that a small network makes of all channels' means: global average pooling, <c>Dense(channels / ratio)</c>, ReLU,
/// <c>Dense(channels)</c>, sigmoid (Hu, Shen and Sun, <i>Squeeze-and-Excitation Networks</i>, 2018). Keeps the shape of the image.
/// </summary>
/// <param name="ratio">How much narrower the network is than the image has channels, from 1 to 65,536; at least one unit is left.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SqueezeExciteAttribute(int ratio = 16) : WeightedLayerAttribute
{
    /// <summary>How much narrower the network is than the image has channels.</summary>
    public int Ratio { get; } = ratio;
}
