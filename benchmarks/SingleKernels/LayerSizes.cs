namespace SiameseGen.Benchmarks.SingleKernels;

/// <summary>What one layer by itself needs. Lengths are floats an item for activations, and floats altogether for the rest.</summary>
/// <param name="Input">The input.</param>
/// <param name="Output">The output.</param>
internal readonly record struct LayerSizes(int Input, int Output)
{
    /// <summary>Trainable tensors, in the order in which they lie in the parameters.</summary>
    public IReadOnlyList<(int Length, Initializer Initializer)> Trainable { get; init; } = [];

    /// <summary>Running statistics, likewise; they lie behind the trainable tensors.</summary>
    public IReadOnlyList<(int Length, Initializer Initializer)> State { get; init; } = [];

    /// <summary>Doubles that workers share.</summary>
    public int Statistics { get; init; }

    /// <summary>What is kept from forward to backward.</summary>
    public int Saved { get; init; }

    /// <summary>Scratch in training.</summary>
    public int TrainingScratch { get; init; }

    /// <summary>Scratch at inference.</summary>
    public int InferenceScratch { get; init; }

    /// <summary>Prepared weights.</summary>
    public int Prepared { get; init; }
}
