using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Shipping;

namespace SiameseGen.Export.Integers;

/// <summary>Carries out an encoder in integers with the kernels that a shipped verifier calls, one after the other. Not safe from several threads.</summary>
internal sealed class IntegerEncoder
{
    private readonly IntegerProgram _program;
    private readonly IntegerValues _values;
    private readonly byte[][] _numbers;
    private readonly sbyte[] _arena;
    private readonly short[] _scratch;

    /// <summary>Prepares an encoder.</summary>
    /// <param name="program">The steps.</param>
    /// <param name="values">Their numbers.</param>
    public IntegerEncoder(IntegerProgram program, IntegerValues values)
    {
        _program = program;
        _values = values;
        _numbers = [.. program.Steps.Select((step, i) => IntegerPacking.Of(step, values.Steps[i]))];
        _arena = new sbyte[program.Memory.ArenaLength];
        _scratch = new short[program.Steps.Where(step => step.Kind == IntegerKind.Convolution).Select(step => Int8Convolution.ScratchLength(Shape(step))).DefaultIfEmpty().Max()];
    }

    /// <summary>Embeds an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="embedding">Receives the codes of the embedding.</param>
    public void Embed(ReadOnlySpan<float> input, Span<sbyte> embedding)
    {
        Int8Input.FromFloats(input, _values.InputScale, _values.InputZero, Codes(_program.Input));
        for (int i = 0; i < _program.Steps.Count; i++)
            Run(_program.Steps[i], _values.Steps[i], _numbers[i]);
        Codes(_program.Embedding).CopyTo(embedding);
    }

    /// <summary>How far apart two embeddings are, as a whole number.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public int Score(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right) => _program.Comparison switch
    {
        IntegerComparison.Cosine => Int8Comparison.Cosine(left, right, _values.EmbeddingZero),
        IntegerComparison.SquaredEuclidean => Int8Comparison.SquaredEuclidean(left, right),
        _ => Int8Comparison.Manhattan(left, right),
    };

    /// <summary>The distance that a score stands for, as generated code computes it.</summary>
    /// <param name="score">The score.</param>
    /// <param name="metric">The encoder's distance.</param>
    public float Distance(int score, DistanceMetric metric) => (_program.Comparison, metric) switch
    {
        (IntegerComparison.Cosine, DistanceMetric.Euclidean) => MathF.Sqrt(score / 16384f),
        (IntegerComparison.Cosine, DistanceMetric.SquaredEuclidean) => score / 16384f,
        (IntegerComparison.Cosine, _) => score / 32768f,
        (IntegerComparison.SquaredEuclidean, DistanceMetric.Euclidean) => _values.EmbeddingScale * MathF.Sqrt(score),
        (IntegerComparison.SquaredEuclidean, _) => _values.EmbeddingScale * _values.EmbeddingScale * score,
        _ => _values.EmbeddingScale * score,
    };

    /// <summary>The largest score whose distance is at most one; −1 when there is none.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="metric">The encoder's distance.</param>
    public int LargestScore(float distance, DistanceMetric metric)
    {
        int low = -1, high = int.MaxValue - 1;
        while (low < high)
        {
            int middle = (int)(((long)low + high + 1) / 2);
            if (Distance(middle, metric) <= distance)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private Span<sbyte> Codes(MemoryValue value) => _arena.AsSpan(value.Offset, value.Length);

    private void Run(IntegerStep step, IntegerStepValues values, byte[] numbers)
    {
        Span<sbyte> input = Codes(step.Source), output = Codes(step.Result);
        var scaling = new Int8Scaling(values.Shift, values.Border, values.Zero, values.Low);
        switch (step.Kind)
        {
            case IntegerKind.Convolution:
                Int8Convolution.Infer(Shape(step), scaling, numbers, input, output, _scratch);
                break;
            case IntegerKind.MaximumPool:
                Int8Pool.Maximum(PoolShape(step), input, output);
                break;
            case IntegerKind.MeanPool:
                Int8Pool.Mean(PoolShape(step), scaling, values.Multipliers[0], values.Biases[0], input, output);
                break;
            case IntegerKind.Sum:
                Int8Elements.Sum(scaling, values.Multipliers[0], values.Multipliers[1], values.Biases[0], input, Codes(step.Branch!), output);
                break;
            case IntegerKind.ChannelProduct:
                Int8Elements.ChannelProduct(scaling, values.Multipliers[0], values.Biases[0], values.Biases[1], input, Codes(step.Branch!), output);
                break;
            default:
                Int8Elements.Table(numbers, step.Filters, input, output);
                break;
        }
    }

    private static Int8ConvolutionShape Shape(IntegerStep step) => new(
        step.Down.Size, step.Across.Size, step.Channels, step.Filters, step.Down.Taps, step.Across.Taps, step.Down.Stride, step.Down.Dilation, step.Down.Before, step.Across.Before,
        step.Down.Places, step.Across.Places, step.Groups);

    private static Int8PoolShape PoolShape(IntegerStep step) => new(
        step.Down.Size, step.Across.Size, step.Channels, step.Down.Taps, step.Across.Taps, step.Down.Stride, step.Across.Stride, step.Down.Before, step.Across.Before, step.Down.Places,
        step.Across.Places);
}
