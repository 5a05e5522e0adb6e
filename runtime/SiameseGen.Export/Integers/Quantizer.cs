using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Data;

namespace SiameseGen.Export.Integers;

/// <summary>
/// Turns an encoder's floats into 8-bit integers (as in Jacob et al., Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, 2018): weights by a
/// scale for each filter, activations by a scale and a zero for each tensor, from the values that examples have there.
/// </summary>
internal sealed class Quantizer
{
    // Products of two codes and a multiplier of a sum have to fit into 32 bits.
    private const int SumBits = 21, MultiplierBits = 31;

    private readonly IntegerProgram _program;
    private readonly FloatEvaluation _evaluation;
    private readonly Dictionary<MemoryValue, Codes> _codes = [];

    private Quantizer(IntegerProgram program, FloatEvaluation evaluation) => (_program, _evaluation) = (program, evaluation);

    /// <summary>Turns an encoder into integers.</summary>
    /// <param name="program">The steps.</param>
    /// <param name="parameters">The tensors.</param>
    /// <param name="examples">Examples, as the encoder takes them.</param>
    /// <param name="count">How many of them to look at, spread evenly.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ExportException">Pixels are not from 0 to 1.</exception>
    public static IntegerValues Quantize(IntegerProgram program, ReadOnlySpan<float> parameters, IExampleSet examples, int count, CancellationToken cancellationToken) =>
        Quantize(program, parameters, examples, count, cancellationToken, out _);

    /// <summary>Turns an encoder into integers, and tells what their codes stand for.</summary>
    /// <param name="program">The steps.</param>
    /// <param name="parameters">The tensors.</param>
    /// <param name="examples">Examples, as the encoder takes them.</param>
    /// <param name="count">How many of them to look at, spread evenly.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="codes">Receives the codes of the input and of each step's result.</param>
    /// <exception cref="ExportException">Pixels are not from 0 to 1.</exception>
    public static IntegerValues Quantize(
        IntegerProgram program, ReadOnlySpan<float> parameters, IExampleSet examples, int count, CancellationToken cancellationToken, out IReadOnlyDictionary<MemoryValue, Codes> codes)
    {
        var quantizer = new Quantizer(program, new FloatEvaluation(program, parameters));
        quantizer.FindCodes(examples, Math.Min(count, examples.Count), cancellationToken);
        IntegerStepValues[] steps = [.. program.Steps.Select(quantizer.Numbers)];
        codes = quantizer._codes;
        Codes input = codes[program.Input];
        return new IntegerValues { InputScale = input.Scale, InputZero = input.Zero, EmbeddingScale = codes[program.Embedding].Scale, Steps = steps };
    }

    private void FindCodes(IExampleSet examples, int count, CancellationToken cancellationToken)
    {
        Dictionary<MemoryValue, ValueRange> ranges = new() { [_program.Input] = new ValueRange() };
        foreach (IntegerStep step in _program.Steps)
            ranges[step.Result] = new ValueRange();
        foreach (bool extends in (bool[])[true, false])
        {
            for (int i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var random = new CounterRandom(0, CounterRandom.Purpose.Augmentation, (uint)i);
                examples.Read((int)((long)i * examples.Count / count), _evaluation.Input, ref random);
                if (extends)
                    CheckPixels(_evaluation.Input);
                _evaluation.Run();
                foreach ((MemoryValue value, ValueRange range) in ranges)
                {
                    if (extends)
                        range.Extend(_evaluation[value]);
                    else
                        range.Count(_evaluation[value]);
                }
            }
        }

        // Pixels of 8 bits are their own codes.
        _codes[_program.Input] = _program.Graph.Input.IsImage ? new Codes(1f / 255f, -128) : ranges[_program.Input].Best();
        foreach (IntegerStep step in _program.Steps)
            _codes[step.Result] = step.Kind == IntegerKind.MaximumPool ? _codes[step.Source] : ranges[step.Result].Best();
    }

    private void CheckPixels(ReadOnlySpan<float> pixels)
    {
        if (!_program.Graph.Input.IsImage)
            return;
        foreach (float pixel in pixels)
        {
            if (!(pixel is >= -0.001f and <= 1.001f))
                throw new ExportException(FormattableString.Invariant($"A calibration example has a pixel of {pixel}; verifiers of 8-bit integers take pixels from 0 to 1. Let the encoder scale them itself, by [Standardize] or [Rescale], so that it does so in what ships, too."));
        }
    }

    private IntegerStepValues Numbers(IntegerStep step) => step.Kind switch
    {
        IntegerKind.Convolution => Convolution(step),
        IntegerKind.MaximumPool => MaximumPool(step),
        IntegerKind.MeanPool => MeanPool(step),
        IntegerKind.Sum => Sum(step),
        IntegerKind.ChannelProduct => ChannelProduct(step),
        _ => Table(step),
    };

    private IntegerStepValues Convolution(IntegerStep step)
    {
        FoldedWeights folded = _evaluation.Weights(step);
        Codes input = _codes[step.Source];
        double[] scales = new double[step.Filters];
        for (int filter = 0; filter < step.Filters; filter++)
        {
            float largest = 0f;
            foreach (float weight in folded.Weights.AsSpan(filter * folded.Depth, folded.Depth))
                largest = Math.Max(largest, Math.Abs(weight));

            // A large bias beside tiny weights has to fit, too.
            scales[filter] = Math.Max(Math.Max(largest / 127.0, 1e-20), Math.Abs(folded.Biases[filter]) / (input.Scale * (double)(1 << 30)));
        }

        RaiseScale(step, scales.Max() * input.Scale);
        Codes output = _codes[step.Result];
        double[] factors = [.. scales.Select(scale => scale * input.Scale / output.Scale)];
        int shift = ShiftOf(factors.Max(), MultiplierBits, IntegerStepValues.LowestShift, IntegerStepValues.HighestShift);
        sbyte[] weights = new sbyte[folded.Weights.Length];
        int[] biases = new int[step.Filters];
        for (int filter = 0; filter < step.Filters; filter++)
        {
            int sum = 0;
            for (int k = 0; k < folded.Depth; k++)
            {
                int at = (filter * folded.Depth) + k;
                weights[at] = (sbyte)Math.Clamp(Math.Round(folded.Weights[at] / scales[filter]), -127, 127);
                sum += weights[at];
            }

            biases[filter] = checked((int)Math.Round(folded.Biases[filter] / (scales[filter] * input.Scale)) - (input.Zero * sum));
        }

        return new IntegerStepValues
        {
            Shift = shift,
            Border = input.Zero,
            Zero = output.Zero,
            Low = step.Rectifier is null ? sbyte.MinValue : output.Zero,
            Multipliers = [.. factors.Select(factor => Scaled(factor, shift))],
            Biases = biases,
            Weights = weights,
        };
    }

    // The largest of some codes is a code of the same numbers, also where these were made coarser after the ranges had been found.
    private IntegerStepValues MaximumPool(IntegerStep step)
    {
        Codes codes = _codes[step.Result] = _codes[step.Source];
        return new IntegerStepValues { Zero = codes.Zero };
    }

    private IntegerStepValues MeanPool(IntegerStep step)
    {
        Codes input = _codes[step.Source];
        int taps = step.Down.Taps * step.Across.Taps;
        RaiseScale(step, (double)input.Scale / taps);
        Codes output = _codes[step.Result];
        double factor = (double)input.Scale / output.Scale / taps;
        int shift = ShiftOf(factor, MultiplierBits, IntegerStepValues.LowestShift, IntegerStepValues.HighestShift);
        return new IntegerStepValues { Shift = shift, Border = input.Zero, Zero = output.Zero, Multipliers = [Scaled(factor, shift)], Biases = [-taps * input.Zero] };
    }

    private IntegerStepValues Sum(IntegerStep step)
    {
        Codes left = _codes[step.Source], right = _codes[step.Branch!], output = _codes[step.Result];
        double leftFactor = (double)left.Scale / output.Scale, rightFactor = (double)right.Scale / output.Scale;
        int shift = ShiftOf(Math.Max(leftFactor, rightFactor), SumBits, 1, 30), ofLeft = Scaled(leftFactor, shift), ofRight = Scaled(rightFactor, shift);
        return new IntegerStepValues
        {
            Shift = shift,
            Zero = output.Zero,
            Low = step.Rectifier is null ? sbyte.MinValue : output.Zero,
            Multipliers = [ofLeft, ofRight],
            Biases = [(-left.Zero * ofLeft) - (right.Zero * ofRight)],
        };
    }

    private IntegerStepValues ChannelProduct(IntegerStep step)
    {
        Codes left = _codes[step.Source], right = _codes[step.Branch!];
        RaiseScale(step, (double)left.Scale * right.Scale);
        Codes output = _codes[step.Result];
        double factor = (double)left.Scale * right.Scale / output.Scale;
        int shift = ShiftOf(factor, MultiplierBits, IntegerStepValues.LowestShift, IntegerStepValues.HighestShift);
        return new IntegerStepValues
        {
            Shift = shift,
            Zero = output.Zero,
            Low = step.Rectifier is null ? sbyte.MinValue : output.Zero,
            Multipliers = [Scaled(factor, shift)],
            Biases = [-left.Zero, -right.Zero],
        };
    }

    private IntegerStepValues Table(IntegerStep step)
    {
        Codes input = _codes[step.Source], output = _codes[step.Result];
        sbyte[] table = new sbyte[256 * step.Filters];
        for (int i = 0; i < table.Length; i++)
            table[i] = (sbyte)output.Nearest(_evaluation.Function(step, i / 256, input.Value((i % 256) - 128)));
        return new IntegerStepValues { Zero = output.Zero, Weights = table };
    }

    // A result finer than the sums it is made of would need multipliers above 1, which there are none of, and gain nothing.
    private void RaiseScale(IntegerStep step, double finest)
    {
        Codes codes = _codes[step.Result];
        if (codes.Scale < finest * 1.0001)
            _codes[step.Result] = codes with { Scale = (float)(finest * 1.0001) };
    }

    // As many bits as fit: the largest factor becomes a number just below 2^bits.
    private static int ShiftOf(double factor, int bits, int lowest, int highest)
    {
        int shift = highest;
        while (shift > lowest && factor * Math.Pow(2, shift) >= (1L << bits) - 1)
            shift--;
        return shift;
    }

    private static int Scaled(double factor, int shift) => (int)Math.Round(factor * Math.Pow(2, shift));
}
