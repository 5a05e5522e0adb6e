using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SiameseGen.Data;

namespace SiameseGen.Shipping;

/// <summary>Embeds for verifiers in floats, with weights and in memory that are not its own: it keeps nothing and allocates nothing, so any number of threads may call it.</summary>
/// <remarks>All sizes are given, and the encoder's <see cref="EncoderInfo"/> is not asked: then a program that ships a verifier of 32-bit floats links nothing of it. Halves have to be folded and packed at the start, which takes the encoder's list of tensors.</remarks>
public static class FloatEmbedder
{
    private const int Alignment = 64;

    /// <summary>Embeds one input.</summary>
    /// <param name="plan">The encoder's.</param>
    /// <param name="prepared">Weights as <see cref="IEncoder.Prepare"/> makes them.</param>
    /// <param name="input">The input's floats, channels last.</param>
    /// <param name="workspace">The bytes of the plan's arena and scratch, and 64 more, so that they can begin where a line of the cache does. Their content does not matter.</param>
    /// <param name="embedding">Receives the embedding.</param>
    /// <typeparam name="TEncoder">The encoder.</typeparam>
    public static void Embed<TEncoder>(in InferencePlan plan, ReadOnlySpan<float> prepared, ReadOnlySpan<float> input, Span<byte> workspace, Span<float> embedding)
        where TEncoder : class, IEncoder
    {
        InferencePass pass = Pass(plan, prepared, input.Length, workspace, embedding.Length);
        input.CopyTo(pass.Inputs);
        TEncoder.Infer(pass);
        pass.Embeddings.CopyTo(embedding);
    }

    /// <summary>Embeds one image of 8-bit pixels, scaled to 0…1.</summary>
    /// <param name="plan">The encoder's.</param>
    /// <param name="prepared">Weights as <see cref="IEncoder.Prepare"/> makes them.</param>
    /// <param name="pixels">The image's bytes, channels last.</param>
    /// <param name="workspace">The bytes of the plan's arena and scratch, and 64 more, so that they can begin where a line of the cache does. Their content does not matter.</param>
    /// <param name="embedding">Receives the embedding.</param>
    /// <typeparam name="TEncoder">The encoder.</typeparam>
    public static void Embed<TEncoder>(in InferencePlan plan, ReadOnlySpan<float> prepared, ReadOnlySpan<byte> pixels, Span<byte> workspace, Span<float> embedding)
        where TEncoder : class, IEncoder
    {
        InferencePass pass = Pass(plan, prepared, pixels.Length, workspace, embedding.Length);
        PixelScale.Apply(pixels, pass.Inputs);
        TEncoder.Infer(pass);
        pass.Embeddings.CopyTo(embedding);
    }

    private static InferencePass Pass(scoped in InferencePlan plan, ReadOnlySpan<float> prepared, int inputLength, Span<byte> workspace, int embeddingLength)
    {
        Span<float> floats = MemoryMarshal.Cast<byte, float>(workspace[BytesToAlign(workspace)..]);
        return new InferencePass(
            plan, inputLength, embeddingLength, prepared, floats[..plan.ArenaLength], floats.Slice(plan.ArenaLength, plan.ScratchLength), items: 1, capacity: 1);
    }

    // The garbage collector may move an array of the caller's afterwards: that costs time, not results, for the kernels take floats wherever they lie.
    private static int BytesToAlign(ReadOnlySpan<byte> workspace)
    {
        nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(workspace));
        return (int)(-address & (Alignment - 1));
    }
}
