namespace SiameseGen.Reference;

/// <summary>The mean of each window; a border is zeros that count.</summary>
public sealed class AvgPool2DReference(int height, int width, int channels, int windowHeight, int windowWidth, int stride,
    WindowBorder border = default, int? strideAcross = null)
    : WindowReference(height, width, channels, windowHeight, windowWidth, stride, border, strideAcross)
{
    protected override double Value(double[] window) => window.Sum() / Pixels;

    protected override double[] Shares(double[] window) => Array.ConvertAll(window, _ => 1.0 / Pixels);
}
