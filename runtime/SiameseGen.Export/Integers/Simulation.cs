using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Training;

namespace SiameseGen.Export.Integers;

/// <summary>Tells training what integers would round: the same tensors, by the same rules, as the exporter does.</summary>
internal static class Simulation
{
    /// <summary>What is rounded.</summary>
    /// <param name="info">The encoder.</param>
    /// <param name="options">How it will be exported.</param>
    /// <exception cref="ExportException">It has no form in integers.</exception>
    public static SimulatedQuantization Of(EncoderInfo info, ExportOptions options)
    {
        IntegerProgram program = IntegerExport.ProgramOf(info);
        ParameterLayout layout = ParameterLayout.Of(program.Graph);
        IReadOnlyList<TrainingRounding> places = TrainingRounding.Of(program.Graph, TrainingPlanner.Plan(program.Graph));
        return new SimulatedQuantization(
            info.Fingerprint,
            [.. program.Steps.Select(step => WeightsOf(step, layout)).OfType<QuantizedTensor>()],
            [program.Input.Length, .. places.Select(place => place.Output.Length)],
            (parameters, cancellationToken) => Measure(program, parameters, options, cancellationToken));
    }

    // Steps that are made of numbers of the declaration, or of a lone batch normalisation, have one weight a filter: its code is 127 and loses nothing.
    private static QuantizedTensor? WeightsOf(IntegerStep step, ParameterLayout layout) =>
        step.Kind == IntegerKind.Convolution && layout.Find(step.Layer, nameof(TensorRole.Weight)) is { } weights
            ? new QuantizedTensor((int)weights.Offset, step.Depth, step.Filters)
            : null;

    private static ActivationCodes[] Measure(IntegerProgram program, float[] parameters, ExportOptions options, CancellationToken cancellationToken)
    {
        Quantizer.Quantize(program, parameters, options.Calibration, options.RangeExamples, cancellationToken, out IReadOnlyDictionary<MemoryValue, Codes> codes);
        return [CodesOf(codes[program.Input]), .. program.Steps.Where(IntegerPlanner.IsRounded).Select(step => CodesOf(codes[step.Result]))];
    }

    private static ActivationCodes CodesOf(Codes codes) => new(codes.Scale, codes.Zero);
}
