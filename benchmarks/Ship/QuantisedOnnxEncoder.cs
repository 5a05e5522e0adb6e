using Microsoft.ML.OnnxRuntime;
using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>Embeds a picture with ONNX Runtime in 8-bit integers: all graph optimisations, one thread, input and output allocated before.</summary>
internal sealed class QuantisedOnnxEncoder : IContestant, IDisposable
{
    private static readonly string[] Inputs = ["input"], Outputs = ["embedding"];
    private readonly SessionOptions _options = new()
    {
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
    };

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtValue[] _input, _output;
    private readonly Func<sbyte[]> _codes;

    /// <summary>Builds the model and the session.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="isUnsigned">Whether codes are of 0…255 rather than of −128…127.</param>
    public QuantisedOnnxEncoder(byte[] pixels, bool isUnsigned)
    {
        IntegerProgram program = ShippedModel.Program;
        Name = $"ONNX Runtime in {(isUnsigned ? "unsigned" : "signed")} 8-bit integers";
        _session = new InferenceSession(QuantisedOnnx.Write(program, IntegerValues.Read(program, ShippedModel.Artifact.Payload), isUnsigned), _options);
        Compiler.Layers.Shape shape = program.Graph.Input;
        long[] input = [1, 1, shape.Height, shape.Width], output = [1, program.Graph.EmbeddingLength];
        if (isUnsigned)
        {
            byte[] codes = new byte[program.Graph.EmbeddingLength];
            _input = [OrtValue.CreateTensorValueFromMemory(pixels, input)];
            _output = [OrtValue.CreateTensorValueFromMemory(codes, output)];
            _codes = () => [.. codes.Select(code => (sbyte)(code - 128))];
        }
        else
        {
            sbyte[] codes = new sbyte[program.Graph.EmbeddingLength];
            _input = [OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(pixels, pixel => (sbyte)(pixel - 128)), input)];
            _output = [OrtValue.CreateTensorValueFromMemory(codes, output)];
            _codes = () => [.. codes];
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(Embed, duration, milliseconds);

    /// <summary>The codes of the embedding.</summary>
    public sbyte[] Codes()
    {
        Embed();
        return _codes();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input[0].Dispose();
        _output[0].Dispose();
        _run.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private void Embed() => _session.Run(_run, Inputs, _input, Outputs, _output);
}
