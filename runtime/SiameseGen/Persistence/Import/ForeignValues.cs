using System.Buffers.Binary;

namespace SiameseGen.Persistence;

/// <summary>Reads numbers of any width as 32-bit floats, and puts them into SiameseGen's order.</summary>
internal static class ForeignValues
{
    private static readonly Dictionary<string, (int Size, Func<byte[], int, float> Read)> Types = new(StringComparer.Ordinal)
    {
        ["F32"] = (4, (bytes, at) => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at))),
        ["F64"] = (8, (bytes, at) => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at))),
        ["F16"] = (2, (bytes, at) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes.AsSpan(at))),
        ["BF16"] = (2, (bytes, at) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at)) << 16)),
    };

    /// <summary>The names of the types.</summary>
    public static IEnumerable<string> TypeNames => Types.Keys;

    /// <summary>Bytes of a number.</summary>
    /// <param name="type">The type's name.</param>
    /// <returns>The bytes; null for a type that is none of floats.</returns>
    public static int? SizeOf(string type) => Types.TryGetValue(type, out (int Size, Func<byte[], int, float> Read) found) ? found.Size : null;

    /// <summary>Reads numbers.</summary>
    /// <param name="type">The name of a type that has a size.</param>
    /// <param name="bytes">The numbers.</param>
    public static float[] Convert(string type, byte[] bytes)
    {
        (int size, Func<byte[], int, float> read) = Types[type];
        float[] values = new float[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
            values[i] = read(bytes, i * size);
        return values;
    }

    /// <summary>Puts values into another order of dimensions.</summary>
    /// <param name="values">The values in their order.</param>
    /// <param name="sizes">Our sizes, outermost first.</param>
    /// <param name="order">Their dimensions as indices of ours, outermost first.</param>
    public static float[] Reorder(float[] values, ReadOnlySpan<int> sizes, ReadOnlySpan<int> order)
    {
        // How far apart in theirs neighbours in ours are.
        Span<int> steps = stackalloc int[sizes.Length];
        int step = 1;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            steps[order[i]] = step;
            step *= sizes[order[i]];
        }

        float[] result = new float[values.Length];
        Span<int> index = stackalloc int[sizes.Length];
        for (int at = 0, source = 0; at < result.Length; at++)
        {
            result[at] = values[source];
            for (int i = sizes.Length - 1; i >= 0; i--)
            {
                source += steps[i];
                if (++index[i] < sizes[i])
                    break;
                source -= sizes[i] * steps[i];
                index[i] = 0;
            }
        }

        return result;
    }
}
