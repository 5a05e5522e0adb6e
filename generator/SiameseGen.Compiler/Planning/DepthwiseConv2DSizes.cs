using static System.FormattableString;

namespace SiameseGen.Compiler.Planning;

/// <summary>
/// The runtime's <c>DepthwiseConv2DShape</c>, and how much memory its kernel asks for; a test compares them. Here nothing overflows.
/// </summary>
/// <param name="Height">Input rows.</param>
/// <param name="Width">Input columns.</param>
/// <param name="Channels">Channels.</param>
/// <param name="KernelHeight">Kernel rows.</param>
/// <param name="KernelWidth">Kernel columns.</param>
/// <param name="Stride">Step of the kernel.</param>
/// <param name="PadTop">Zero rows above.</param>
/// <param name="PadLeft">Zero columns to the left.</param>
/// <param name="OutputHeight">Output rows.</param>
/// <param name="OutputWidth">Output columns.</param>
internal sealed record DepthwiseConv2DSizes(
    int Height, int Width, int Channels, int KernelHeight, int KernelWidth, int Stride, int PadTop, int PadLeft, int OutputHeight, int OutputWidth)
{
    private const long Lanes = 8;

    /// <summary>Floats in the weights.</summary>
    public long WeightLength => (long)KernelHeight * KernelWidth * Channels;

    /// <summary>Multiply-adds of an item.</summary>
    public long MultiplyAdds => (long)OutputHeight * OutputWidth * WeightLength;

    /// <summary>Floats a worker needs within a training call: the sums of a gradient in whole vectors, or weights and biases.</summary>
    public long TrainingScratch => Math.Max((long)KernelHeight * KernelWidth * ((Channels + Lanes - 1) / Lanes * Lanes), WeightLength + Channels);

    /// <summary>Floats that <c>Prepare</c> writes.</summary>
    public long PreparedLength => WeightLength + Channels;

    /// <summary>The arguments of the struct's constructor.</summary>
    public string Arguments =>
        Invariant($"Height: {Height}, Width: {Width}, Channels: {Channels}, KernelHeight: {KernelHeight}, KernelWidth: {KernelWidth}, ")
        + Invariant($"Stride: {Stride}, PadTop: {PadTop}, PadLeft: {PadLeft}, OutputHeight: {OutputHeight}, OutputWidth: {OutputWidth}");
}
