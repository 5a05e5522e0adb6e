namespace SiameseGen;

/// <summary>Spatial dropout: in training, each channel of an image becomes 0 as a whole with this probability, and the others are divided by one minus it.</summary>
/// <remarks>
/// The shape stays; no parameters. An embedding passes everything. As PyTorch's <c>Dropout2d</c> and Keras's <c>SpatialDropout2D</c>: neighbouring pixels are alike,
/// so that dropping them one by one takes little away. Tompson, Goroshin, Jain, LeCun and Bregler, "Efficient Object Localization Using Convolutional Networks", 2015.
/// </remarks>
/// <param name="rate">The probability, from 0 up to but not including 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SpatialDropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The probability.</summary>
    public float Rate { get; } = rate;
}
