using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SiameseGen.Verification;

/// <summary>What a template or a threshold is bound to: an architecture, the distance of its embeddings, and its weights to the last bit.</summary>
public static class ModelFingerprint
{
    /// <summary>The fingerprint of an encoder's weights.</summary>
    /// <param name="parameters">The weights.</param>
    /// <returns>SHA-256 of the architecture's fingerprint, the distance's name and the weights, as 64 lower-case hexadecimal digits.</returns>
    public static string Of(Parameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(parameters.Info.Fingerprint));

        // Embeddings that are compared otherwise lie otherwise far apart.
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes(parameters.Info.Distance.ToString()));
        ReadOnlySpan<float> values = parameters.Values;
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values));
        }
        else
        {
            Span<byte> bytes = stackalloc byte[sizeof(float)];
            foreach (float value in values)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
