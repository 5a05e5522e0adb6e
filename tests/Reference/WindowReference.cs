namespace SiameseGen.Reference;

/// <summary>What layers over sliding windows have in common: for each output, the inputs in its window, row by row; a border has none.</summary>
public abstract class WindowReference(int height, int width, int channels, int windowHeight, int windowWidth, int stride, WindowBorder border, int? strideAcross)
    : IReferenceLayer
{
    private readonly int _strideAcross = strideAcross ?? stride;
    private double[] _input = [];

    private int OutputHeight => ((height + border.Top + border.Bottom - windowHeight) / stride) + 1;

    private int OutputWidth => ((width + border.Left + border.Right - windowWidth) / _strideAcross) + 1;

    /// <summary>Pixels of a window, those of the border too.</summary>
    protected int Pixels => windowHeight * windowWidth;

    public double[] Forward(double[] input, int items)
    {
        _input = input;
        double[] output = new double[items * OutputHeight * OutputWidth * channels];
        for (int i = 0; i < output.Length; i++)
            output[i] = Value([.. Window(i).Select(x => input[x])]);
        return output;
    }

    public double[] Backward(double[] outputGradient)
    {
        double[] inputGradient = new double[_input.Length];
        for (int i = 0; i < outputGradient.Length; i++)
        {
            int[] window = [.. Window(i)];
            double[] shares = Shares([.. window.Select(x => _input[x])]);
            for (int k = 0; k < window.Length; k++)
                inputGradient[window[k]] += outputGradient[i] * shares[k];
        }

        return inputGradient;
    }

    /// <summary>The output of a window.</summary>
    protected abstract double Value(double[] window);

    /// <summary>The derivative of the output by each element of the window.</summary>
    protected abstract double[] Shares(double[] window);

    private IEnumerable<int> Window(int output)
    {
        int channel = output % channels, column = output / channels % OutputWidth;
        int row = output / channels / OutputWidth % OutputHeight, item = output / channels / OutputWidth / OutputHeight;
        int top = (row * stride) - border.Top, left = (column * _strideAcross) - border.Left;
        for (int y = Math.Max(top, 0); y < Math.Min(top + windowHeight, height); y++)
        {
            for (int x = Math.Max(left, 0); x < Math.Min(left + windowWidth, width); x++)
                yield return (((((item * height) + y) * width) + x) * channels) + channel;
        }
    }
}

/// <summary>Rows and columns around an image.</summary>
public readonly record struct WindowBorder(int Top, int Bottom, int Left, int Right);
