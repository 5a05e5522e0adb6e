namespace SiameseGen;

/// <summary>What the generator implements for every class marked <c>[Encoder]</c>: one set of weights and the passes over it.</summary>
/// <remarks>
/// The static members work on plan offsets (see <see cref="TrainingPass"/>), so that one set of weights serves any number of
/// branches, workspaces and threads. User code calls the typed members of the generated class instead.
/// </remarks>
public interface IEncoder
{
    /// <summary>The declared architecture: shapes, tensors, plan sizes, loss and fingerprint.</summary>
    static abstract EncoderInfo Info { get; }

    /// <summary>The one set of weights that all branches read.</summary>
    Parameters Parameters { get; }

    /// <summary>Runs the branches of one batch forward; every worker of the team calls it at the same time with its own pass.</summary>
    /// <param name="pass">The calling worker's view of the batch.</param>
    static abstract void Forward(TrainingPass pass);

    /// <summary>Runs the batch backward from the gradient of the embeddings; gradients of parameters accumulate.</summary>
    /// <param name="pass">The calling worker's view of the batch.</param>
    static abstract void Backward(TrainingPass pass);

    /// <summary>Folds and packs the weights for inference.</summary>
    /// <param name="parameters">The weights to read.</param>
    /// <param name="prepared">Receives <see cref="InferencePlan.PreparedLength"/> floats.</param>
    static abstract void Prepare(Parameters parameters, Span<float> prepared);

    /// <summary>Embeds the items of an inference pass on the calling thread.</summary>
    /// <param name="pass">Inputs, prepared weights and workspace.</param>
    static abstract void Infer(InferencePass pass);

    /// <summary>Embeds one input.</summary>
    /// <param name="input">The input, <see cref="InputShape.Length"/> floats, channels last.</param>
    /// <param name="embedding">Receives <see cref="EncoderInfo.EmbeddingLength"/> floats.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    void Embed(ReadOnlySpan<float> input, Span<float> embedding);
}
