namespace SiameseGen.Benchmarks.Training;

/// <summary>What twins computed from one batch before any update.</summary>
/// <param name="Embeddings">Embeddings, item after item.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Gradients">The gradient of each trainable tensor, by name, in SiameseGen's order of elements.</param>
internal sealed record TwinsOutput(float[] Embeddings, float Loss, IReadOnlyDictionary<string, float[]> Gradients)
{
    /// <summary>The largest difference of a value of an embedding.</summary>
    /// <param name="other">What the others computed.</param>
    public float EmbeddingDifference(TwinsOutput other) => Embeddings.Zip(other.Embeddings, (a, b) => MathF.Abs(a - b)).Max();

    /// <summary>The length of the difference of two gradients in units of the other's length.</summary>
    /// <param name="other">What the others computed.</param>
    /// <param name="tensor">The tensor's name.</param>
    public double GradientDifference(TwinsOutput other, string tensor)
    {
        double difference = 0, length = 0;
        foreach ((float a, float b) in Gradients[tensor].Zip(other.Gradients[tensor]))
        {
            difference += ((double)a - b) * ((double)a - b);
            length += (double)b * b;
        }

        return Math.Sqrt(difference / length);
    }
}
