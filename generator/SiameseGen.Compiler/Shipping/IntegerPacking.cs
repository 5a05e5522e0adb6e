namespace SiameseGen.Compiler.Shipping;

/// <summary>Puts the numbers of a step into the order in which the runtime's kernels read them.</summary>
internal static class IntegerPacking
{
    private const int Block = 16;

    /// <summary>The bytes that the kernel of a step takes; empty for one that takes single numbers.</summary>
    /// <param name="step">The step.</param>
    /// <param name="values">Its numbers.</param>
    public static byte[] Of(IntegerStep step, IntegerStepValues values)
    {
        if (step.Kind == IntegerKind.Table)
            return [.. values.Weights.Select(weight => unchecked((byte)weight))];
        if (step.Kind != IntegerKind.Convolution)
            return [];

        // A filter for each channel: all of them are one group, and pairs are of taps.
        int groups = step.IsDepthwise ? 1 : step.Groups;
        using var packed = new MemoryStream();
        for (int group = 0; group < groups; group++)
            Write(step, values, group * (step.Filters / groups), step.Filters / groups, packed);
        return packed.ToArray();
    }

    private static void Write(IntegerStep step, IntegerStepValues values, int first, int filters, Stream packed)
    {
        int padded = (filters + Block - 1) / Block * Block, depth = step.Depth;
        using var writer = new BinaryWriter(packed, System.Text.Encoding.ASCII, leaveOpen: true);
        foreach (int[] numbers in new[] { values.Multipliers, values.Biases })
        {
            for (int filter = 0; filter < padded; filter++)
                writer.Write(filter < filters ? numbers[first + filter] : 0);
        }

        for (int block = 0; block < padded; block += Block)
        {
            for (int pair = 0; pair < depth; pair += 2)
            {
                for (int filter = block; filter < block + Block; filter++)
                {
                    for (int k = pair; k < pair + 2; k++)
                        writer.Write(filter < filters && k < depth ? values.Weights[((first + filter) * depth) + k] : (sbyte)0);
                }
            }
        }
    }
}
