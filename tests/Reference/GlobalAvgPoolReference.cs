namespace SiameseGen.Reference;

/// <summary>The mean of each channel over the whole image.</summary>
public sealed class GlobalAvgPoolReference(int height, int width, int channels) : WindowReference(height, width, channels, height, width, 1, default, null)
{
    protected override double Value(double[] window) => window.Average();

    protected override double[] Shares(double[] window) => Array.ConvertAll(window, _ => 1.0 / window.Length);
}
