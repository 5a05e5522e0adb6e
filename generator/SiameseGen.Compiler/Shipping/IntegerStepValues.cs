namespace SiameseGen.Compiler.Shipping;

/// <summary>The numbers of one step of an encoder in integers; see <see cref="IntegerStep"/> and <see cref="IntegerKind"/> for what they are for.</summary>
internal sealed class IntegerStepValues
{
    /// <summary>The lowest shift of products of 32 bits with 31, after which 32 bits hold what is left.</summary>
    public const int LowestShift = 31;

    /// <summary>The highest shift.</summary>
    public const int HighestShift = 62;

    /// <summary>Bits by which products are shifted to the right, from 31 to 62, or sums without a product, from 1 to 30; 0 for steps without.</summary>
    public int Shift { get; set; }

    /// <summary>The code outside of the image.</summary>
    public int Border { get; set; }

    /// <summary>The result's code for 0.</summary>
    public int Zero { get; set; }

    /// <summary>The lowest code of the result.</summary>
    public int Low { get; set; } = sbyte.MinValue;

    /// <summary>Multipliers, at least 0.</summary>
    public int[] Multipliers { get; set; } = [];

    /// <summary>Biases.</summary>
    public int[] Biases { get; set; } = [];

    /// <summary>Weights, or a table.</summary>
    public sbyte[] Weights { get; set; } = [];

    /// <summary>Reads the numbers of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="reader">Where its bytes begin.</param>
    /// <exception cref="ArtifactException">No exporter writes such numbers.</exception>
    public static IntegerStepValues Read(IntegerStep step, BinaryReader reader)
    {
        var values = new IntegerStepValues
        {
            Shift = reader.ReadByte(),
            Border = reader.ReadSByte(),
            Zero = reader.ReadSByte(),
            Low = reader.ReadSByte(),
            Multipliers = Integers(reader, step.Multipliers),
            Biases = Integers(reader, step.Biases),
            Weights = new sbyte[step.Weights],
        };
        byte[] weights = reader.ReadBytes(step.Weights);
        Buffer.BlockCopy(weights, 0, values.Weights, 0, weights.Length);
        reader.ReadBytes(Rest(step));
        (int lowest, int highest) = step.Kind == IntegerKind.Sum ? (1, 30) : (LowestShift, HighestShift);
        if ((step.Multipliers > 0 && (values.Shift < lowest || values.Shift > highest)) || values.Multipliers.Any(multiplier => multiplier < 0))
            throw new ArtifactException($"the numbers of {step.Layer.Name} are none that an exporter writes");
        return values;
    }

    /// <summary>Writes the numbers.</summary>
    /// <param name="step">The step.</param>
    /// <param name="writer">Receives them.</param>
    public void Write(IntegerStep step, BinaryWriter writer)
    {
        writer.Write((byte)Shift);
        writer.Write((sbyte)Border);
        writer.Write((sbyte)Zero);
        writer.Write((sbyte)Low);
        foreach (int value in Multipliers.Concat(Biases))
            writer.Write(value);
        foreach (sbyte weight in Weights)
            writer.Write(weight);
        writer.Write(new byte[Rest(step)]);
    }

    private static int[] Integers(BinaryReader reader, int count)
    {
        int[] values = new int[count];
        for (int i = 0; i < count; i++)
            values[i] = reader.ReadInt32();
        return values;
    }

    private static int Rest(IntegerStep step) => -step.Weights & 3;
}
