namespace SiameseGen.Reference;

/// <summary>y = xW + b with W inputs × outputs.</summary>
public sealed class DenseReference(int inputs, int outputs, bool bias) : IReferenceLayer
{
    private double[] _input = [];
    private int _items;

    public ReferenceParameter Weight { get; } = new("weight", inputs * outputs);

    public ReferenceParameter? Bias { get; } = bias ? new("bias", outputs) : null;

    public IReadOnlyList<ReferenceParameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    public double[] Forward(double[] input, int items)
    {
        (_input, _items) = (input, items);
        double[] output = new double[items * outputs];
        for (int item = 0; item < items; item++)
        {
            for (int o = 0; o < outputs; o++)
            {
                double sum = Bias?.Values[o] ?? 0;
                for (int i = 0; i < inputs; i++)
                    sum += input[(item * inputs) + i] * Weight.Values[(i * outputs) + o];
                output[(item * outputs) + o] = sum;
            }
        }

        return output;
    }

    public double[] Backward(double[] outputGradient)
    {
        double[] inputGradient = new double[_input.Length];
        for (int item = 0; item < _items; item++)
        {
            for (int o = 0; o < outputs; o++)
            {
                double gradient = outputGradient[(item * outputs) + o];
                if (Bias is not null)
                    Bias.Gradients[o] += gradient;
                for (int i = 0; i < inputs; i++)
                {
                    inputGradient[(item * inputs) + i] += gradient * Weight.Values[(i * outputs) + o];
                    Weight.Gradients[(i * outputs) + o] += gradient * _input[(item * inputs) + i];
                }
            }
        }

        return inputGradient;
    }
}
