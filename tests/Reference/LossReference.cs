namespace SiameseGen.Reference;

/// <summary>A loss over the embeddings of a batch.</summary>
public abstract class LossReference
{
    /// <summary>The loss.</summary>
    public abstract double Value(double[][] embeddings);

    /// <summary>The loss of embeddings that lie one after the other.</summary>
    public double Value(double[] embeddings, int length) => Value([.. embeddings.Chunk(length)]);

    /// <summary>The gradient of the loss with respect to the embeddings.</summary>
    public abstract double[] Gradient(double[] embeddings, int length);
}
