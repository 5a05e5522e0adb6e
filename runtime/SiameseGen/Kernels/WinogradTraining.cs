namespace SiameseGen.Kernels;

/// <summary>The training passes of Winograd convolutions.</summary>
internal static class WinogradTraining
{
    /// <summary>Floats of scratch that a worker needs, whatever the batch.</summary>
    /// <param name="shape">The shape.</param>
    public static int ScratchLength(in Conv2DShape shape)
    {
        WinogradGeometry forward = WinogradGeometry.ForTraining(shape);
        return Math.Max(Math.Max(GradientMemory.Length(forward), Memory.Length(forward)), Memory.Length(WinogradGeometry.OfInputGradient(shape)));
    }

    /// <summary>Computes the outputs of the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Forward(TrainingPass pass, in Conv2DShape shape, int input, int weight, int bias, int output)
    {
        WinogradGeometry geometry = WinogradGeometry.ForTraining(shape);
        Memory memory = new(geometry, pass.Scratch(ScratchLength(shape)));
        WinogradWeights.Load(geometry, pass.Parameters(weight, shape.WeightLength), memory.Weights);
        WinogradWeights.Transform(geometry, memory.Weights);
        memory.Bias.Clear();
        if (bias >= 0)
            pass.Parameters(bias, shape.Filters).CopyTo(memory.Bias);
        foreach (Shard shard in pass.Shards)
            Convolve(geometry, memory, pass.Activations(input, shape.InputLength, shard), pass.Activations(output, shape.OutputLength, shard));
    }

    /// <summary>Adds the gradients of weights and biases, and computes the gradient of the input, for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; −1 when nobody needs it.</param>
    public static void Backward(TrainingPass pass, in Conv2DShape shape, int input, int weight, int bias, int outputGradient, int inputGradient)
    {
        AddParameterGradients(pass, shape, input, weight, bias, outputGradient);
        if (inputGradient < 0)
            return;
        WinogradGeometry geometry = WinogradGeometry.OfInputGradient(shape);
        Memory memory = new(geometry, pass.Scratch(ScratchLength(shape)));
        WinogradWeights.LoadRotated(geometry, pass.Parameters(weight, shape.WeightLength), memory.Weights);
        WinogradWeights.Transform(geometry, memory.Weights);
        memory.Bias.Clear();
        foreach (Shard shard in pass.Shards)
        {
            Convolve(
                geometry, memory, pass.Activations(outputGradient, shape.OutputLength, shard), pass.Activations(inputGradient, shape.InputLength, shard));
        }
    }

    private static void Convolve(in WinogradGeometry geometry, in Memory memory, ReadOnlySpan<float> images, Span<float> output) =>
        WinogradConv2D.Run(geometry, memory.Workspace, memory.Weights, memory.Bias, images, relu: false, pool: false, output);

    private static void AddParameterGradients(TrainingPass pass, in Conv2DShape shape, int input, int weight, int bias, int outputGradient)
    {
        WinogradGeometry geometry = WinogradGeometry.ForTraining(shape);
        GradientMemory memory = new(geometry, pass.Scratch(ScratchLength(shape)));
        foreach (Shard shard in pass.Shards)
        {
            ReadOnlySpan<float> images = pass.Activations(input, shape.InputLength, shard);
            ReadOnlySpan<float> outputs = pass.Activations(outputGradient, shape.OutputLength, shard);
            for (int item = 0; item < shard.Items; item += geometry.Group)
            {
                int count = Math.Min(geometry.Group, shard.Items - item);
                ReadOnlySpan<float> slopes = outputs.Slice(item * shape.OutputLength, count * shape.OutputLength);
                WinogradInputs.Transform(geometry, images.Slice(item * shape.InputLength, count * shape.InputLength), count, memory.Inputs);
                for (int panel = 0, panels; panel < geometry.Panels; panel += panels)
                {
                    panels = Math.Min(RegisterTiles.Panels, geometry.Panels - panel);
                    Span<float> panelGradient = memory.Gradient.Slice(panel * geometry.PanelGradientLength, panels * geometry.PanelGradientLength);
                    for (int i = 0; i < panels; i++)
                        WinogradGradient.Transform(geometry, slopes, count, panel + i, memory.Slopes[(i * geometry.OutputsLength)..]);
                    WinogradGradient.Add(geometry, memory.Inputs, memory.Slopes, panels, count, goOn: item > 0, panelGradient);
                }
            }

            WinogradWeights.AddGradient(geometry, memory.Gradient, pass.Gradients(shard, weight, shape.WeightLength));
            if (bias >= 0)
                BiasGradient.Add(outputs, memory.Gradient[..shape.Filters], pass.Gradients(shard, bias, shape.Filters));
        }
    }

    // A worker's scratch: weights and biases as well.
    private readonly ref struct Memory
    {
        public Memory(scoped in WinogradGeometry geometry, Span<float> scratch)
        {
            Weights = scratch[..geometry.WeightsLength];
            Bias = scratch.Slice(geometry.WeightsLength, geometry.PaddedFilters);
            Workspace = new WinogradWorkspace(geometry, scratch[(geometry.WeightsLength + geometry.PaddedFilters)..]);
        }

        public Span<float> Weights { get; }

        public Span<float> Bias { get; }

        public WinogradWorkspace Workspace { get; }

        public static int Length(in WinogradGeometry geometry) => geometry.WeightsLength + geometry.PaddedFilters + WinogradWorkspace.Length(geometry);
    }

    // The same for the gradient of weights.
    private readonly ref struct GradientMemory
    {
        public GradientMemory(scoped in WinogradGeometry geometry, Span<float> scratch)
        {
            var workspace = new WinogradWorkspace(geometry, scratch);
            Inputs = workspace.Inputs;
            Slopes = workspace.Products;
            Gradient = scratch.Slice(WinogradWorkspace.Length(geometry), geometry.GradientLength);
        }

        public Span<float> Inputs { get; }

        public Span<float> Slopes { get; }

        public Span<float> Gradient { get; }

        public static int Length(in WinogradGeometry geometry) => WinogradWorkspace.Length(geometry) + geometry.GradientLength;
    }
}
