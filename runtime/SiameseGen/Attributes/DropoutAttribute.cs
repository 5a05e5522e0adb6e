namespace SiameseGen;

/// <summary>Dropout: in training, sets random values to 0 so that the network does not lean on any single one.</summary>
/// <remarks>
/// The shape stays; no parameters. Each value is dropped with the probability <see cref="Rate"/>, and those that stay are divided by 1 −
/// rate, so that the expectation stays too; an embedding made by the trained encoder passes everything unchanged. PyTorch's
/// <c>Dropout</c>. What is dropped depends only on the seed, the step, the layer and the item, never on the number of threads. Srivastava
/// et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
/// </remarks>
/// <param name="rate">The probability to drop a value, from 0 up to but not including 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The probability to drop a value.</summary>
    public float Rate { get; } = rate;
}
