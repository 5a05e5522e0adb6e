using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Export.Integers;

/// <summary>Carries the steps of an encoder out in floats, to see what values there are between them.</summary>
internal sealed class FloatEvaluation
{
    private readonly IntegerProgram _program;
    private readonly ParameterLayout _layout;
    private readonly float[] _parameters;
    private readonly Dictionary<IntegerStep, FoldedWeights> _weights = [];
    private readonly Dictionary<MemoryValue, float[]> _values = [];

    /// <summary>Prepares an evaluation.</summary>
    /// <param name="program">The steps.</param>
    /// <param name="parameters">The tensors.</param>
    public FloatEvaluation(IntegerProgram program, ReadOnlySpan<float> parameters)
    {
        _program = program;
        _layout = ParameterLayout.Of(program.Graph);
        _parameters = parameters.ToArray();
        _values[program.Input] = new float[program.Input.Length];
        foreach (IntegerStep step in program.Steps)
        {
            _values[step.Result] = new float[step.Result.Length];
            if (step.Kind == IntegerKind.Convolution)
                _weights[step] = FoldedWeights.Of(step, _layout, parameters);
        }
    }

    /// <summary>The folded weights of a step.</summary>
    /// <param name="step">A step of kind <see cref="IntegerKind.Convolution"/>.</param>
    public FoldedWeights Weights(IntegerStep step) => _weights[step];

    /// <summary>The slopes of a step that has one for each channel.</summary>
    /// <param name="step">The step.</param>
    public ReadOnlySpan<float> Slopes(IntegerStep step) => FoldedWeights.Tensor(step.Layer, TensorRole.Slope, _layout, _parameters);

    /// <summary>The values after <see cref="Run"/>.</summary>
    /// <param name="value">Which.</param>
    public ReadOnlySpan<float> this[MemoryValue value] => _values[value];

    /// <summary>Where the input is written before <see cref="Run"/>.</summary>
    public Span<float> Input => _values[_program.Input];

    /// <summary>Carries all steps out.</summary>
    public void Run()
    {
        foreach (IntegerStep step in _program.Steps)
        {
            float[] input = _values[step.Source], output = _values[step.Result];
            switch (step.Kind)
            {
                case IntegerKind.Convolution:
                    Convolve(step, _weights[step], input, output);
                    break;
                case IntegerKind.MaximumPool:
                    Pool(step, input, output, isMean: false);
                    break;
                case IntegerKind.MeanPool:
                    Pool(step, input, output, isMean: true);
                    break;
                case IntegerKind.Sum:
                    float[] branch = _values[step.Branch!];
                    for (int i = 0; i < output.Length; i++)
                        output[i] = input[i] + branch[i];
                    break;
                case IntegerKind.ChannelProduct:
                    float[] gates = _values[step.Branch!];
                    for (int i = 0; i < output.Length; i++)
                        output[i] = input[i] * gates[i % gates.Length];
                    break;
                default:
                    for (int i = 0; i < output.Length; i++)
                        output[i] = Function(step, i % step.Channels, input[i]);
                    break;
            }

            if (step.Rectifier is not null)
            {
                for (int i = 0; i < output.Length; i++)
                    output[i] = output[i] > 0f ? output[i] : 0f;
            }
        }
    }

    /// <summary>The function of a step of kind <see cref="IntegerKind.Table"/>.</summary>
    /// <param name="step">The step.</param>
    /// <param name="channel">The channel, where each has its own.</param>
    /// <param name="x">Where.</param>
    public float Function(IntegerStep step, int channel, float x) =>
        step.Layer.Operation is Operation.Function function ? Functions.Of(function, x) : x > 0f ? x : Slopes(step)[channel] * x;

    private static void Convolve(IntegerStep step, FoldedWeights folded, float[] input, float[] output)
    {
        int channels = step.Channels / step.Groups, filters = step.Filters / step.Groups;
        float[] patch = new float[folded.Depth];
        for (int pixel = 0; pixel < step.Down.Places * step.Across.Places; pixel++)
        {
            for (int group = 0; group < step.Groups; group++)
            {
                for (int k = 0; k < patch.Length; k++)
                {
                    int tap = k / channels;
                    patch[k] = Place(step, pixel, tap) is var place && place < 0 ? 0f : input[(place * step.Channels) + (group * channels) + (k % channels)];
                }

                for (int filter = group * filters; filter < (group + 1) * filters; filter++)
                    output[(pixel * step.Filters) + filter] = LaneSums.Product(patch, folded.Weights.AsSpan(filter * folded.Depth, folded.Depth)) + folded.Biases[filter];
            }
        }
    }

    private static void Pool(IntegerStep step, float[] input, float[] output, bool isMean)
    {
        int taps = step.Down.Taps * step.Across.Taps;
        for (int i = 0; i < output.Length; i++)
        {
            float sum = 0f, largest = float.NegativeInfinity;
            for (int tap = 0; tap < taps; tap++)
            {
                int place = Place(step, i / step.Channels, tap);
                if (place < 0)
                    continue;
                float value = input[(place * step.Channels) + (i % step.Channels)];
                sum += value;
                largest = value > largest ? value : largest;
            }

            output[i] = isMean ? sum / taps : largest;
        }
    }

    // The pixel under a tap; −1 outside of the image.
    private static int Place(IntegerStep step, int pixel, int tap)
    {
        int down = (pixel / step.Across.Places * step.Down.Stride) - step.Down.Before + (tap / step.Across.Taps * step.Down.Dilation);
        int across = (pixel % step.Across.Places * step.Across.Stride) - step.Across.Before + (tap % step.Across.Taps * step.Across.Dilation);
        return (uint)down < (uint)step.Down.Size && (uint)across < (uint)step.Across.Size ? (down * step.Across.Size) + across : -1;
    }
}
