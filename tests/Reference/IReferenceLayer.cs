namespace SiameseGen.Reference;

/// <summary>A layer as its definition says, over a whole batch: items in order, images channels last.</summary>
public interface IReferenceLayer
{
    /// <summary>What the layer learns; empty for most.</summary>
    IReadOnlyList<ReferenceParameter> Parameters => [];

    /// <summary>What training updates without a gradient; empty for most.</summary>
    IReadOnlyList<double[]> State => [];

    /// <summary>The outputs of a batch in training.</summary>
    double[] Forward(double[] input, int items);

    /// <summary>The gradient of the inputs of the last <see cref="Forward"/>; gradients of parameters are added to.</summary>
    double[] Backward(double[] outputGradient);

    /// <summary>The outputs at inference.</summary>
    double[] Infer(double[] input, int items) => Forward(input, items);
}

/// <summary>Something learnt, and the gradient of the loss with respect to it.</summary>
public sealed class ReferenceParameter(string role, int length, double initial = 0)
{
    /// <summary>What it is, such as <c>weight</c>.</summary>
    public string Role => role;

    public double[] Values { get; } = [.. Enumerable.Repeat(initial, length)];

    public double[] Gradients { get; } = new double[length];
}
