namespace SiameseGen.Reference;

/// <summary>Layers one after the other, as one.</summary>
public sealed class ReferenceSequence(params IReferenceLayer[] layers) : IReferenceLayer
{
    public IReadOnlyList<ReferenceParameter> Parameters => [.. layers.SelectMany(layer => layer.Parameters)];

    public IReadOnlyList<double[]> State => [.. layers.SelectMany(layer => layer.State)];

    public double[] Forward(double[] input, int items) => layers.Aggregate(input, (values, layer) => layer.Forward(values, items));

    public double[] Backward(double[] outputGradient) => layers.Reverse().Aggregate(outputGradient, (gradient, layer) => layer.Backward(gradient));

    public double[] Infer(double[] input, int items) => layers.Aggregate(input, (values, layer) => layer.Infer(values, items));
}
