namespace SiameseGen.Compiler.Shipping;

/// <summary>
/// The numbers of an encoder in integers. As bytes, all little-endian: the input's scale as a float of 32 bits, its zero as an integer of 32, the embedding's scale as a
/// float; then for each step four bytes (shift, code outside of the image, zero of the result, its lower bound), multipliers and biases of 32 bits each, and weights of 8.
/// Each step begins at a multiple of four bytes.
/// </summary>
internal sealed class IntegerValues
{
    /// <summary>Bytes before those of the first step.</summary>
    public const int HeadLength = 12;

    /// <summary>What one code of the input stands for.</summary>
    public float InputScale { get; set; }

    /// <summary>The input's code for 0.</summary>
    public int InputZero { get; set; }

    /// <summary>What one code of the embedding stands for.</summary>
    public float EmbeddingScale { get; set; }

    /// <summary>The numbers of the steps.</summary>
    public IReadOnlyList<IntegerStepValues> Steps { get; set; } = [];

    /// <summary>The embedding's code for 0.</summary>
    public int EmbeddingZero => Steps.Count == 0 ? InputZero : Steps[Steps.Count - 1].Zero;

    /// <summary>Bytes of a step's numbers.</summary>
    /// <param name="step">The step.</param>
    public static int LengthOf(IntegerStep step) => checked((4 + (4 * (step.Multipliers + step.Biases)) + step.Weights + 3) & ~3);

    /// <summary>Reads the numbers.</summary>
    /// <param name="program">What they are for.</param>
    /// <param name="payload"><see cref="IntegerProgram.PayloadLength"/> bytes.</param>
    /// <exception cref="ArtifactException">There are more or fewer bytes, or numbers that no exporter writes.</exception>
    public static IntegerValues Read(IntegerProgram program, byte[] payload)
    {
        if (payload.Length != program.PayloadLength)
            throw new ArtifactException($"it holds {payload.Length} bytes of weights where this encoder's take {program.PayloadLength}");
        using var reader = new BinaryReader(new MemoryStream(payload));
        float inputScale = reader.ReadSingle();
        int inputZero = reader.ReadInt32();
        float embeddingScale = reader.ReadSingle();
        if (!IsScale(inputScale) || inputZero is < sbyte.MinValue or > sbyte.MaxValue)
            throw new ArtifactException("the numbers of its input are none that an exporter writes");
        if (!IsScale(embeddingScale))
            throw new ArtifactException("the scale of its embedding is none that an exporter writes");
        return new IntegerValues
        {
            InputScale = inputScale,
            InputZero = inputZero,
            EmbeddingScale = embeddingScale,
            Steps = [.. program.Steps.Select(step => IntegerStepValues.Read(step, reader))],
        };
    }

    private static bool IsScale(float scale) => scale > 0f && !float.IsInfinity(scale);

    /// <summary>Writes the numbers.</summary>
    /// <param name="program">What they are for.</param>
    public byte[] Write(IntegerProgram program)
    {
        byte[] payload = new byte[program.PayloadLength];
        using var writer = new BinaryWriter(new MemoryStream(payload));
        writer.Write(InputScale);
        writer.Write(InputZero);
        writer.Write(EmbeddingScale);
        for (int i = 0; i < Steps.Count; i++)
            Steps[i].Write(program.Steps[i], writer);
        return payload;
    }
}
