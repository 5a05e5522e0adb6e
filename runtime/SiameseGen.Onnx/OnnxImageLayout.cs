namespace SiameseGen.Onnx;

/// <summary>The order of an image's values at a model's input.</summary>
public enum OnnxImageLayout
{
    /// <summary>[batch, height, width, channels], as encoders themselves read images: the same array serves both.</summary>
    ChannelsLast,

    /// <summary>[batch, channels, height, width], as PyTorch has images. For one channel the values are in the same order.</summary>
    ChannelsFirst,
}
