using System.Buffers.Binary;

namespace SiameseGen.Shipping;

/// <summary>Weights of an artifact as an encoder takes them.</summary>
public static class FloatWeights
{
    /// <summary>Makes what embeds with the weights of an artifact. They are copied once, and folded and packed when the first input is embedded.</summary>
    /// <param name="weights">All weights and running statistics in their order, little-endian.</param>
    /// <param name="isHalf">Whether they are of 16 bits each, rather than of 32.</param>
    /// <typeparam name="TEncoder">The encoder.</typeparam>
    /// <exception cref="ArgumentException">There are more or fewer bytes than the encoder's weights take.</exception>
    public static EncoderEngine<TEncoder> Load<TEncoder>(ReadOnlySpan<byte> weights, bool isHalf)
        where TEncoder : class, IEncoder
    {
        var engine = new EncoderEngine<TEncoder>(seed: 0);
        Span<float> values = engine.Parameters.Values;
        int bytes = isHalf ? 2 : 4;
        if (weights.Length != values.Length * bytes)
            throw new ArgumentException($"The weights of {TEncoder.Info.Name} take {values.Length * bytes} bytes; there are {weights.Length}.", nameof(weights));
        for (int i = 0; i < values.Length; i++)
            values[i] = isHalf ? (float)BinaryPrimitives.ReadHalfLittleEndian(weights[(i * 2)..]) : BinaryPrimitives.ReadSingleLittleEndian(weights[(i * 4)..]);
        engine.Parameters.MarkChanged();
        return engine;
    }

    /// <summary>Writes weights as <see cref="Load"/> reads them.</summary>
    /// <param name="values">The weights and running statistics.</param>
    /// <param name="isHalf">Whether with 16 bits each.</param>
    internal static byte[] Write(ReadOnlySpan<float> values, bool isHalf)
    {
        byte[] bytes = new byte[values.Length * (isHalf ? 2 : 4)];
        for (int i = 0; i < values.Length; i++)
        {
            if (isHalf)
                BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(i * 2), (Half)values[i]);
            else
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), values[i]);
        }

        return bytes;
    }
}
