namespace SiameseGen;

/// <summary>Fully connected layer: every output is a learned, weighted sum of all inputs.</summary>
/// <remarks>
/// <para>
/// A vector of n becomes a vector of <see cref="Units"/>: y[u] = b[u] + Σ x[i] · w[i, u], PyTorch's <c>Linear</c>. An image needs
/// <see cref="FlattenAttribute"/> or <see cref="GlobalAvgPoolAttribute"/> before. Parameters: n · units weights, and as many biases as
/// units.
/// </para>
/// <para>Weights and biases start as those of <see cref="Conv2DAttribute"/> do.</para>
/// </remarks>
/// <param name="units">Outputs, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units) : WeightedLayerAttribute
{
    /// <summary>Outputs.</summary>
    public int Units { get; } = units;

    /// <summary>
    /// Whether a bias is added to each output. Not set, it is added unless batch normalisation follows right away, which would take it away
    /// again.
    /// </summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// How the weights start. Not set, it is <see cref="Initializer.HeUniform"/> where a rectifier follows, be it after batch normalisation, and
    /// <see cref="Initializer.GlorotUniform"/> elsewhere. Biases start at 0.
    /// </summary>
    public Initializer Initializer { get; set; } = Initializer.GlorotUniform;
}
