using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>
/// Proves that no number of a verifier overflows, whatever the input, before it is written as C, where an overflow could do anything. Exporters write no others: an artifact
/// that fails was made up.
/// </summary>
internal static class CRanges
{
    private const int LargestCode = 128;

    /// <summary>Checks all steps.</summary>
    /// <param name="program">The steps.</param>
    /// <param name="values">Their numbers.</param>
    /// <exception cref="ArtifactException">A sum could be too large for 32 bits, or a side too long for 16.</exception>
    public static void Check(IntegerProgram program, IntegerValues values)
    {
        for (int i = 0; i < program.Steps.Count; i++)
        {
            IntegerStep step = program.Steps[i];
            if (Largest(step, values.Steps[i]) > int.MaxValue)
                throw new ArtifactException($"the numbers of {step.Layer.Name} are none that an exporter writes: a sum could be too large for 32 bits");
            if (!Fits(step.Down) || !Fits(step.Across))
                throw new ArtifactException($"{step.Layer.Name} has a side that is too long for C on a microcontroller: {short.MaxValue} pixels are the most");
        }
    }

    // The largest absolute value of a sum, as a double: the numbers themselves may be anything.
    private static double Largest(IntegerStep step, IntegerStepValues values) => step.Kind switch
    {
        IntegerKind.Convolution => Enumerable.Range(0, step.Filters).Max(filter =>
            Magnitude(values.Biases[filter]) + (LargestCode * Enumerable.Range(filter * step.Depth, step.Depth).Sum(weight => Magnitude(values.Weights[weight])))),
        IntegerKind.MeanPool => Magnitude(values.Biases[0]) + ((double)LargestCode * step.Down.Taps * step.Across.Taps),
        IntegerKind.Sum => ((double)LargestCode * values.Multipliers[0]) + ((double)LargestCode * values.Multipliers[1]) + Magnitude(values.Biases[0]) + (1L << (values.Shift - 1)),
        IntegerKind.ChannelProduct => (LargestCode + Magnitude(values.Biases[0])) * (LargestCode + Magnitude(values.Biases[1])),
        _ => 0,
    };

    private static double Magnitude(int number) => Math.Abs((double)number);

    private static bool Fits(KernelSide side) =>
        side.Size <= short.MaxValue && side.Taps <= short.MaxValue && side.Stride <= short.MaxValue && side.Dilation <= short.MaxValue && side.Before <= short.MaxValue;
}
