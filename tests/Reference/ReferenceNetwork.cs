namespace SiameseGen.Reference;

/// <summary>Layers one after the other, applied to all branches of a batch at once.</summary>
public sealed class ReferenceNetwork(params IReferenceLayer[] layers)
{
    public IReadOnlyList<IReferenceLayer> Layers => layers;

    /// <summary>Everything that is learnt, in the order of the layers.</summary>
    public IReadOnlyList<ReferenceParameter> Parameters => [.. layers.SelectMany(layer => layer.Parameters)];

    /// <summary>The embeddings of a batch in training.</summary>
    public double[] Forward(double[] input, int items) => layers.Aggregate(input, (values, layer) => layer.Forward(values, items));

    /// <summary>The gradient of the inputs of the last <see cref="Forward"/>.</summary>
    public double[] Backward(double[] outputGradient) => layers.Reverse().Aggregate(outputGradient, (gradient, layer) => layer.Backward(gradient));

    /// <summary>The embeddings at inference.</summary>
    public double[] Infer(double[] input, int items) => layers.Aggregate(input, (values, layer) => layer.Infer(values, items));

    /// <summary>One training step's forward and backward pass: the loss, with all gradients added to the parameters'.</summary>
    public double Step(LossReference loss, double[] input, int items)
    {
        double[] embeddings = Forward(input, items);
        int length = embeddings.Length / items;
        Backward(loss.Gradient(embeddings, length));
        return loss.Value(embeddings, length);
    }
}
