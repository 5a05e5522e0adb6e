using SiameseGen.Training;

namespace SiameseGen.Export.Tests;

/// <summary>The straight-through rule in plain double precision, for an encoder [Dense, Tanh, Dense] and a loss that is the sum of the embeddings' products with given numbers.</summary>
internal sealed class StraightThrough
{
    private readonly int _inputs, _hidden, _outputs;
    private readonly double[] _weights1, _biases1, _weights2, _biases2;
    private readonly ActivationCodes[] _codes;

    /// <summary>Takes weights and codes over.</summary>
    /// <param name="parameters">The encoder's: weights [in, out] and biases of both layers.</param>
    /// <param name="codes">What the codes of input, sum, tanh and embedding stand for.</param>
    public StraightThrough(Parameters parameters, ActivationCodes[] codes)
    {
        (_inputs, _hidden, _outputs, _codes) = (parameters.Info.Tensors[0].Shape[0], parameters.Info.Tensors[0].Shape[1], parameters.Info.Tensors[2].Shape[1], codes);
        _weights1 = Weights(parameters[parameters.Info.Tensors[0]], _hidden);
        _biases1 = [.. parameters[parameters.Info.Tensors[1]].ToArray().Select(value => (double)value)];
        _weights2 = Weights(parameters[parameters.Info.Tensors[2]], _outputs);
        _biases2 = [.. parameters[parameters.Info.Tensors[3]].ToArray().Select(value => (double)value)];
    }

    /// <summary>Activations that were clipped in the last <see cref="Gradients"/>.</summary>
    public int Clipped { get; private set; }

    /// <summary>The gradients of weights and biases, in the order of the tensors.</summary>
    /// <param name="inputs">The inputs, item after item.</param>
    /// <param name="products">What embeddings are multiplied by.</param>
    public double[] Gradients(float[] inputs, float[] products)
    {
        double[] ofWeights1 = new double[_weights1.Length], ofBiases1 = new double[_hidden], ofWeights2 = new double[_weights2.Length], ofBiases2 = new double[_outputs];
        Clipped = 0;
        for (int item = 0; item < inputs.Length / _inputs; item++)
        {
            double[] x = [.. inputs.Skip(item * _inputs).Take(_inputs).Select(value => Rounded(value, 0, out _))];
            bool[] inside1 = new bool[_hidden], inside2 = new bool[_hidden], inside3 = new bool[_outputs];
            double[] t = new double[_hidden];
            for (int j = 0; j < _hidden; j++)
            {
                double sum = Rounded(_biases1[j] + Enumerable.Range(0, _inputs).Sum(i => x[i] * _weights1[(i * _hidden) + j]), 1, out inside1[j]);
                t[j] = Rounded(Math.Tanh(sum), 2, out inside2[j]);
            }

            double[] gradient = new double[_outputs];
            for (int k = 0; k < _outputs; k++)
            {
                Rounded(_biases2[k] + Enumerable.Range(0, _hidden).Sum(j => t[j] * _weights2[(j * _outputs) + k]), 3, out inside3[k]);
                gradient[k] = inside3[k] ? products[(item * _outputs) + k] : 0;
                ofBiases2[k] += gradient[k];
            }

            for (int j = 0; j < _hidden; j++)
            {
                double back = 0;
                for (int k = 0; k < _outputs; k++)
                {
                    ofWeights2[(j * _outputs) + k] += t[j] * gradient[k];
                    back += gradient[k] * _weights2[(j * _outputs) + k];
                }

                back = inside2[j] ? back * (1 - (t[j] * t[j])) : 0;
                back = inside1[j] ? back : 0;
                ofBiases1[j] += back;
                for (int i = 0; i < _inputs; i++)
                    ofWeights1[(i * _hidden) + j] += x[i] * back;
            }

            Clipped += inside1.Concat(inside2).Concat(inside3).Count(inside => !inside);
        }

        return [.. ofWeights1, .. ofBiases1, .. ofWeights2, .. ofBiases2];
    }

    private double Rounded(double x, int value, out bool isInside)
    {
        (double scale, int zero) = (_codes[value].Scale, _codes[value].Zero);
        isInside = x >= scale * (-128 - zero) && x <= scale * (127 - zero);
        return scale * (Math.Clamp(Math.Round(x / scale) + zero, -128, 127) - zero);
    }

    private static double[] Weights(Span<float> values, int filters)
    {
        double[] rounded = new double[values.Length];
        for (int filter = 0; filter < filters; filter++)
        {
            double largest = 0;
            for (int i = filter; i < values.Length; i += filters)
                largest = Math.Max(largest, Math.Abs(values[i]));
            for (int i = filter; i < values.Length; i += filters)
                rounded[i] = Math.Round(values[i] / (largest / 127)) * (largest / 127);
        }

        return rounded;
    }
}
