using System.Buffers.Binary;

namespace SiameseGen.Shipping;

/// <summary>Weights of verifiers in floats. Those of 32 bits are folded and packed when they are exported; those of 16 when a verifier is first used.</summary>
/// <remarks>
/// Weights ship as halves as they were trained, because what is made of them does not keep to the range of halves: a batch normalisation of small variance makes large weights, and the transform of
/// Winograd's convolutions adds up nine of them. Rounded before that they lose a part in 2,048 each; rounded after it, the sums lose as much again, and the convolution enlarges it.
/// </remarks>
public static class FloatWeights
{
    /// <summary>Makes what embeds with weights of 16 bits: widened, with batch normalisations folded in, packed for the kernels. Once for a program, for it takes memory and time.</summary>
    /// <param name="halves">All weights and running statistics in their order, as floats of 16 bits, little-endian.</param>
    /// <typeparam name="TEncoder">The encoder.</typeparam>
    /// <exception cref="ArgumentException">There are more or fewer bytes than the encoder's weights take.</exception>
    public static AlignedBuffer<float> Prepare<TEncoder>(ReadOnlySpan<byte> halves)
        where TEncoder : class, IEncoder
    {
        var parameters = new Parameters(TEncoder.Info);
        Span<float> values = parameters.Values;
        if (halves.Length != values.Length * 2)
            throw new ArgumentException($"The weights of {TEncoder.Info.Name} take {values.Length * 2} bytes; there are {halves.Length}.", nameof(halves));
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(halves[(i * 2)..]);
        return Prepare<TEncoder>(parameters);
    }

    /// <summary>Makes what embeds with weights.</summary>
    /// <param name="parameters">The weights.</param>
    /// <typeparam name="TEncoder">The encoder.</typeparam>
    internal static AlignedBuffer<float> Prepare<TEncoder>(Parameters parameters)
        where TEncoder : class, IEncoder
    {
        var prepared = new AlignedBuffer<float>(TEncoder.Info.Inference.PreparedLength);
        TEncoder.Prepare(parameters, prepared.Span);
        return prepared;
    }

    /// <summary>Floats of 32 bits as bytes, little-endian.</summary>
    /// <param name="values">The floats.</param>
    internal static byte[] WriteSingles(ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }

    /// <summary>Floats as halves, as <see cref="Prepare{TEncoder}(ReadOnlySpan{byte})"/> reads them.</summary>
    /// <param name="values">The floats.</param>
    internal static byte[] WriteHalves(ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * 2];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(i * 2), (Half)values[i]);
        return bytes;
    }
}
