using System.Numerics;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Export.Tests;

/// <summary>
/// An encoder in integers as its definition says, one value after the other, in numbers that cannot overflow: what kernels, generated C# and generated C are compared with.
/// It reads weights in the order of the artifact, and shares no code with any of them.
/// </summary>
internal static class PlainIntegers
{
    /// <summary>The codes of an embedding.</summary>
    /// <param name="program">The steps.</param>
    /// <param name="values">Their numbers.</param>
    /// <param name="input">The codes of the input.</param>
    public static sbyte[] Embed(IntegerProgram program, IntegerValues values, sbyte[] input)
    {
        Dictionary<MemoryValue, sbyte[]> known = new() { [program.Input] = input };
        for (int i = 0; i < program.Steps.Count; i++)
        {
            IntegerStep step = program.Steps[i];
            known[step.Result] = Run(step, values.Steps[i], known[step.Source], step.Branch is null ? [] : known[step.Branch]);
        }

        return known[program.Embedding];
    }

    /// <summary>How far apart two embeddings are.</summary>
    /// <param name="comparison">How they are compared.</param>
    /// <param name="zero">The code for 0.</param>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static int Score(IntegerComparison comparison, int zero, sbyte[] left, sbyte[] right)
    {
        if (comparison == IntegerComparison.Manhattan)
            return left.Zip(right, (l, r) => Math.Abs(l - r)).Sum();
        if (comparison == IntegerComparison.SquaredEuclidean)
            return left.Zip(right, (l, r) => (l - r) * (l - r)).Sum();
        BigInteger product = 0, l2 = 0, r2 = 0;
        for (int i = 0; i < left.Length; i++)
        {
            product += (left[i] - zero) * (right[i] - zero);
            l2 += (left[i] - zero) * (left[i] - zero);
            r2 += (right[i] - zero) * (right[i] - zero);
        }

        if (l2 == 0 || r2 == 0)
            return 1 << 15;
        BigInteger square = l2 * r2 * 256, root = (BigInteger)Math.Sqrt((double)square);
        while (root * root > square)
            root--;
        while ((root + 1) * (root + 1) <= square)
            root++;
        return (1 << 15) - (int)BigInteger.Max(BigInteger.Min(product * (1 << 19) / root, 1 << 15), -(1 << 15));
    }

    private static sbyte[] Run(IntegerStep step, IntegerStepValues values, sbyte[] input, sbyte[] branch)
    {
        sbyte[] output = new sbyte[step.Result.Length];
        for (int i = 0; i < output.Length; i++)
        {
            int channel = i % step.Filters, pixel = i / step.Filters;
            output[i] = step.Kind switch
            {
                IntegerKind.Convolution => Code(values, Convolve(step, values, input, pixel, channel) + values.Biases[channel], values.Multipliers[channel]),
                IntegerKind.MaximumPool => Window(step, input, i).Where(code => code is not null).Max()!.Value,
                IntegerKind.MeanPool => Code(values, values.Biases[0] + Window(step, input, i).Sum(code => (long)(code ?? values.Border)), values.Multipliers[0]),
                IntegerKind.Sum => Clamp(values, ((((BigInteger)input[i] * values.Multipliers[0]) + ((BigInteger)branch[i] * values.Multipliers[1]) + values.Biases[0] + (1L << (values.Shift - 1))) >> values.Shift) + values.Zero),
                IntegerKind.ChannelProduct => Code(values, (input[i] + values.Biases[0]) * (branch[i % branch.Length] + values.Biases[1]), values.Multipliers[0]),
                _ => values.Weights[(channel * 256) + input[i] + 128],
            };
        }

        return output;
    }

    private static long Convolve(IntegerStep step, IntegerStepValues values, sbyte[] input, int pixel, int filter)
    {
        int channels = step.Channels / step.Groups, first = filter / (step.Filters / step.Groups) * channels, weight = filter * step.Depth;
        long sum = 0;
        for (int y = 0; y < step.Down.Taps; y++)
        {
            for (int x = 0; x < step.Across.Taps; x++)
            {
                int down = (pixel / step.Across.Places * step.Down.Stride) + (y * step.Down.Dilation) - step.Down.Before;
                int across = (pixel % step.Across.Places * step.Across.Stride) + (x * step.Across.Dilation) - step.Across.Before;
                bool inside = down >= 0 && down < step.Down.Size && across >= 0 && across < step.Across.Size;
                for (int channel = 0; channel < channels; channel++)
                    sum += values.Weights[weight++] * (inside ? input[(((down * step.Across.Size) + across) * step.Channels) + first + channel] : values.Border);
            }
        }

        return sum;
    }

    private static IEnumerable<sbyte?> Window(IntegerStep step, sbyte[] input, int output)
    {
        int channel = output % step.Channels, pixel = output / step.Channels;
        for (int y = 0; y < step.Down.Taps; y++)
        {
            for (int x = 0; x < step.Across.Taps; x++)
            {
                int down = (pixel / step.Across.Places * step.Down.Stride) + y - step.Down.Before, across = (pixel % step.Across.Places * step.Across.Stride) + x - step.Across.Before;
                yield return down >= 0 && down < step.Down.Size && across >= 0 && across < step.Across.Size ? input[(((down * step.Across.Size) + across) * step.Channels) + channel] : null;
            }
        }
    }

    private static sbyte Code(IntegerStepValues values, BigInteger sum, int multiplier) =>
        Clamp(values, (((sum * multiplier) + (BigInteger.One << (values.Shift - 1))) >> values.Shift) + values.Zero);

    private static sbyte Clamp(IntegerStepValues values, BigInteger code) => (sbyte)BigInteger.Max(BigInteger.Min(code, sbyte.MaxValue), values.Low);
}
