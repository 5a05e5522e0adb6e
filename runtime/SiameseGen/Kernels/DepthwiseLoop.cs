using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>What a tile of a depthwise convolution goes through.</summary>
/// <param name="Rows">Rows of the kernel that lie in the image.</param>
/// <param name="Columns">Columns of the kernel.</param>
/// <param name="Channels">Floats from one tap to the next.</param>
/// <param name="InputRow">Floats from one input row to the next.</param>
/// <param name="InputColumn">Floats from the input under one output to that under the next.</param>
/// <param name="OutputColumn">Floats from one output to the next.</param>
/// <param name="Relu">Whether a rectifier follows.</param>
internal readonly record struct DepthwiseLoop(int Rows, int Columns, int Channels, int InputRow, int InputColumn, int OutputColumn, bool Relu)
{
    /// <summary>The input under an output, from that under the first one.</summary>
    public ref float Input(ref float first, int output) => ref Unsafe.Add(ref first, output * InputColumn);

    /// <summary>An output, from the first one.</summary>
    public ref float Output(ref float first, int output) => ref Unsafe.Add(ref first, output * OutputColumn);
}
