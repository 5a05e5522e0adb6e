namespace SiameseGen.Reference;

/// <summary>The largest value of each window; the gradient goes to the first one that is.</summary>
public sealed class MaxPool2DReference(int height, int width, int channels, int windowHeight, int windowWidth, int stride,
    WindowBorder border = default, int? strideAcross = null)
    : WindowReference(height, width, channels, windowHeight, windowWidth, stride, border, strideAcross)
{
    protected override double Value(double[] window) => window.Max();

    protected override double[] Shares(double[] window)
    {
        double[] shares = new double[window.Length];
        shares[Array.IndexOf(window, window.Max())] = 1;
        return shares;
    }
}
