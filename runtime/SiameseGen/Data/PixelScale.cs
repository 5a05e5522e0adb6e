using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Data;

/// <summary>Scales 8-bit values to 0…1: value / 255, rounded once, so that vectors and single values give the same bits.</summary>
internal static class PixelScale
{
    private const int Width = 8;

    /// <summary>Scales values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="scaled">Receives as many.</param>
    public static void Apply(ReadOnlySpan<byte> values, Span<float> scaled)
    {
        ref byte from = ref MemoryMarshal.GetReference(values);
        ref float to = ref MemoryMarshal.GetReference(scaled[..values.Length]);
        int i = 0;
        for (; i <= values.Length - (2 * Width); i += 2 * Width)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            Scale(low).StoreUnsafe(ref to, (nuint)i);
            Scale(high).StoreUnsafe(ref to, (nuint)(i + Width));
        }

        for (; i < values.Length; i++)
            scaled[i] = values[i] / 255f;
    }

    private static Vector256<float> Scale(Vector128<ushort> values)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(values);
        return Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32()) / Vector256.Create(255f);
    }
}
