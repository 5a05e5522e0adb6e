using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>The training passes of Winograd convolutions, whatever their tiles.</summary>
/// <remarks>
/// The mosaics that a shard's images make depend on how many these are, so that memory is laid out anew where a shard has more or fewer than the one before. What
/// a worker computed for another shard must not be seen: rounding would tell.
/// </remarks>
internal static class WinogradTraining
{
    /// <summary>Floats of scratch that a worker needs, whatever the batch.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="tile">Rows and columns of outputs in a tile.</param>
    public static int ScratchLength(in Conv2DShape shape, int tile)
    {
        int length = 0;
        for (int side = 1; side <= WinogradGeometry.MostSide(shape, tile); side++)
        {
            WinogradGeometry forward = WinogradGeometry.Of(shape, tile, side);
            length = Math.Max(length, Math.Max(GradientMemory.Length(forward), Memory.Length(forward)));
            length = Math.Max(length, Memory.Length(WinogradGeometry.OfInputGradient(shape, tile, side)));
        }

        return length;
    }

    /// <summary>Computes the outputs of the worker's shards, in tiles of 4 × 4.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Forward(TrainingPass pass, in Conv2DShape shape, int input, int weight, int bias, int output)
    {
        WinogradGeometry geometry = WinogradGeometry.Of(shape);
        Memory memory = new(geometry, pass.Scratch(ScratchLength(shape, WinogradGeometry.Four)));
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
    /// <param name="tile">Rows and columns of outputs in a tile.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; −1 when nobody needs it.</param>
    public static void Backward(
        TrainingPass pass, in Conv2DShape shape, int tile, int input, int weight, int bias, int outputGradient, int inputGradient)
    {
        AddParameterGradients(pass, shape, tile, input, weight, bias, outputGradient);
        if (inputGradient < 0)
            return;
        WinogradGeometry geometry = WinogradGeometry.OfInputGradient(shape, tile, side: 1);
        Span<float> scratch = pass.Scratch(ScratchLength(shape, tile));
        Memory memory = new(geometry, scratch);
        WinogradWeights.LoadRotated(geometry, pass.Parameters(weight, shape.WeightLength), memory.Weights);
        WinogradWeights.Transform(geometry, memory.Weights);
        memory.Bias.Clear();
        foreach (Shard shard in pass.Shards)
        {
            int side = WinogradGeometry.BestSide(shape, tile, shard.Items);
            if (side != geometry.Side)
            {
                geometry = WinogradGeometry.OfInputGradient(shape, tile, side);
                memory = new Memory(geometry, scratch);
            }

            Convolve(
                geometry, memory, pass.Activations(outputGradient, shape.OutputLength, shard), pass.Activations(inputGradient, shape.InputLength, shard));
        }
    }

    private static void Convolve(in WinogradGeometry geometry, in Memory memory, ReadOnlySpan<float> images, Span<float> output)
    {
        if (geometry.Tile == WinogradGeometry.Four)
            WinogradConv2D.Run(geometry, memory.Workspace, memory.Weights, memory.Bias, images, relu: false, pool: false, output);
        else
            RunMosaics(geometry, memory, images, output);
    }

    private static void RunMosaics(in WinogradGeometry geometry, in Memory memory, ReadOnlySpan<float> images, Span<float> output)
    {
        WinogradWorkspace workspace = memory.Workspace;
        WinogradMosaicOutputs.Locate(geometry, memory.Places);
        int items = images.Length / geometry.InputLength, group = geometry.Group * geometry.Images;
        for (int item = 0; item < items; item += group)
        {
            int count = Math.Min(group, items - item), mosaics = ((count - 1) / geometry.Images) + 1;
            WinogradInputs.Copy(geometry, images.Slice(item * geometry.InputLength, count * geometry.InputLength), workspace.Buffer);
            WinogradInputs.Transform(geometry, workspace.Buffer, mosaics, workspace.Inputs);
            Span<float> outputs = output.Slice(item * geometry.OutputLength, count * geometry.OutputLength);

            // As in WinogradConv2D: brought in one sweep, these are written faster.
            outputs.Clear();
            for (int panel = 0, panels; panel < geometry.Panels; panel += panels)
            {
                panels = Math.Min(RegisterTiles.Panels, geometry.Panels - panel);
                ReadOnlySpan<float> weights = memory.Weights.Slice(panel * geometry.PanelLength, panels * geometry.PanelLength);
                WinogradProducts.Multiply(geometry.Matrices, workspace.Inputs, mosaics * geometry.Tiles, weights, panels, workspace.Products);
                for (int i = 0, first = panel * ConvolutionGeometry.PanelWidth; i < panels; i++, first += ConvolutionGeometry.PanelWidth)
                {
                    WinogradMosaicOutputs.Transform(
                        geometry, workspace.Products[(i * geometry.OutputsLength)..], memory.Bias[first..], first, memory.Places, outputs);
                }
            }
        }
    }

    private static void AddParameterGradients(TrainingPass pass, in Conv2DShape shape, int tile, int input, int weight, int bias, int outputGradient)
    {
        Span<float> scratch = pass.Scratch(ScratchLength(shape, tile));
        WinogradGeometry geometry = default;
        GradientMemory memory = default;
        foreach (Shard shard in pass.Shards)
        {
            int side = WinogradGeometry.BestSide(shape, tile, shard.Items);
            if (side != geometry.Side)
            {
                geometry = WinogradGeometry.Of(shape, tile, side);
                memory = new GradientMemory(geometry, scratch);
            }

            ReadOnlySpan<float> images = pass.Activations(input, shape.InputLength, shard);
            ReadOnlySpan<float> outputs = pass.Activations(outputGradient, shape.OutputLength, shard);
            int group = geometry.Group * geometry.Images;
            for (int item = 0; item < shard.Items; item += group)
            {
                int count = Math.Min(group, shard.Items - item), mosaics = ((count - 1) / geometry.Images) + 1;
                WinogradInputs.Copy(geometry, images.Slice(item * shape.InputLength, count * shape.InputLength), memory.Buffer);
                WinogradInputs.Transform(geometry, memory.Buffer, mosaics, memory.Inputs);
                WinogradGradient.Copy(geometry, outputs.Slice(item * shape.OutputLength, count * shape.OutputLength), memory.SlopesBuffer);
                for (int panel = 0, panels; panel < geometry.Panels; panel += panels)
                {
                    panels = Math.Min(RegisterTiles.Panels, geometry.Panels - panel);
                    Span<float> panelGradient = memory.Gradient.Slice(panel * geometry.PanelGradientLength, panels * geometry.PanelGradientLength);
                    for (int i = 0; i < panels; i++)
                        WinogradGradient.Transform(geometry, memory.SlopesBuffer, mosaics, panel + i, memory.Slopes[(i * geometry.OutputsLength)..]);
                    WinogradGradient.Add(geometry.Matrices, memory.Inputs, memory.Slopes, panels, mosaics * geometry.Tiles, goOn: item > 0, panelGradient);
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
            scratch = scratch[(geometry.WeightsLength + geometry.PaddedFilters)..];
            Workspace = new WinogradWorkspace(geometry, scratch);
            Places = MemoryMarshal.Cast<float, uint>(
                scratch.Slice(WinogradWorkspace.Length(geometry), WinogradMosaicOutputs.PlacesLength(geometry)));
        }

        public Span<float> Weights { get; }

        public Span<float> Bias { get; }

        public WinogradWorkspace Workspace { get; }

        public Span<uint> Places { get; }

        public static int Length(in WinogradGeometry geometry) =>
            geometry.WeightsLength + geometry.PaddedFilters + WinogradWorkspace.Length(geometry) + WinogradMosaicOutputs.PlacesLength(geometry);
    }

    // The same for the gradient of weights. Borders, and what lies between the images of mosaics, are zero from the start.
    private readonly ref struct GradientMemory
    {
        public GradientMemory(scoped in WinogradGeometry geometry, Span<float> scratch)
        {
            Buffer = Take(ref scratch, geometry.BufferLength);
            Inputs = Take(ref scratch, geometry.InputsLength);
            SlopesBuffer = Take(ref scratch, geometry.Group * geometry.SlopesLength);
            Slopes = Take(ref scratch, geometry.PanelsAtATime * geometry.OutputsLength);
            Gradient = Take(ref scratch, geometry.GradientLength);
            Buffer.Clear();
            SlopesBuffer.Clear();
        }

        public Span<float> Buffer { get; }

        public Span<float> Inputs { get; }

        public Span<float> SlopesBuffer { get; }

        public Span<float> Slopes { get; }

        public Span<float> Gradient { get; }

        public static int Length(in WinogradGeometry geometry) =>
            geometry.BufferLength + geometry.InputsLength + (geometry.Group * geometry.SlopesLength) + (geometry.PanelsAtATime * geometry.OutputsLength)
            + geometry.GradientLength;

        private static Span<float> Take(scoped ref Span<float> scratch, int length)
        {
            Span<float> part = scratch[..length];
            scratch = scratch[length..];
            return part;
        }
    }
}
