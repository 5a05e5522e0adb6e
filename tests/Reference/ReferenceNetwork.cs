namespace SiameseGen.Reference;

/// <summary>Layers one after the other, applied to all branches of a batch at once.</summary>
public sealed class ReferenceNetwork(params IReferenceLayer[] layers)
{
    public IReadOnlyList<IReferenceLayer> Layers => layers;

    /// <summary>Everything that is learnt, in the order of the layers.</summary>
    public IReadOnlyList<ReferenceParameter> Parameters => [.. layers.SelectMany(layer => layer.Parameters)];

    /// <summary>What is learnt, then the running statistics, one value after the other: the order of an encoder's buffer.</summary>
    public double[] Values => [.. Tensors.SelectMany(tensor => tensor)];

    /// <summary>The gradients of what is learnt, one after the other.</summary>
    public double[] Gradients => [.. Parameters.SelectMany(parameter => parameter.Gradients)];

    private IEnumerable<double[]> Tensors =>
        Parameters.Select(parameter => parameter.Values).Concat(layers.SelectMany(layer => layer.State));

    /// <summary>Copies an encoder's buffer and sets the gradients to 0.</summary>
    public void Assign(ReadOnlySpan<float> values)
    {
        foreach (double[] tensor in Tensors)
        {
            for (int i = 0; i < tensor.Length; i++)
                tensor[i] = values[i];
            values = values[tensor.Length..];
        }

        if (!values.IsEmpty)
            throw new ArgumentException($"{values.Length} values are left over.", nameof(values));
        foreach (ReferenceParameter parameter in Parameters)
            Array.Clear(parameter.Gradients);
    }

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
