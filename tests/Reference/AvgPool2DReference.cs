namespace SiameseGen.Reference;

/// <summary>The mean of each window.</summary>
public sealed class AvgPool2DReference(int height, int width, int channels, int windowHeight, int windowWidth, int stride)
    : WindowReference(height, width, channels, windowHeight, windowWidth, stride)
{
    protected override double Value(double[] window) => window.Average();

    protected override double[] Shares(double[] window) => Array.ConvertAll(window, _ => 1.0 / window.Length);
}
