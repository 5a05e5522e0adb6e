namespace SiameseGen.Reference;

/// <summary>What a block makes of the input, plus the input itself or what a projection makes of it.</summary>
public sealed class ResidualReference(IReferenceLayer block, IReferenceLayer? projection) : IReferenceLayer
{
    public IReadOnlyList<ReferenceParameter> Parameters => [.. block.Parameters, .. projection?.Parameters ?? []];

    public IReadOnlyList<double[]> State => [.. block.State, .. projection?.State ?? []];

    public double[] Forward(double[] input, int items) => Sum(block.Forward(input, items), projection is null ? input : projection.Forward(input, items));

    public double[] Backward(double[] outputGradient) =>
        Sum(block.Backward(outputGradient), projection is null ? outputGradient : projection.Backward(outputGradient));

    public double[] Infer(double[] input, int items) => Sum(block.Infer(input, items), projection is null ? input : projection.Infer(input, items));

    private static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];
}
