namespace SiameseGen.Kernels;

/// <summary>What is computed on the way of a Winograd convolution; the buffer's borders are zero from the start.</summary>
internal readonly ref struct WinogradWorkspace
{
    /// <summary>Lays it out.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="scratch">At least <see cref="Length"/> floats.</param>
    public WinogradWorkspace(scoped in WinogradGeometry geometry, Span<float> scratch)
    {
        Buffer = scratch[..geometry.BufferLength];
        Inputs = scratch.Slice(geometry.BufferLength, geometry.InputsLength);
        Products = scratch.Slice(geometry.BufferLength + geometry.InputsLength, geometry.PanelsAtATime * geometry.OutputsLength);
        Buffer.Clear();
    }

    /// <summary>Bordered images, or mosaics of them.</summary>
    public Span<float> Buffer { get; }

    /// <summary>Transformed inputs.</summary>
    public Span<float> Inputs { get; }

    /// <summary>The outputs of a panel or two before they are transformed.</summary>
    public Span<float> Products { get; }

    /// <summary>Floats that it takes.</summary>
    /// <param name="geometry">The convolution.</param>
    public static int Length(in WinogradGeometry geometry) =>
        geometry.BufferLength + geometry.InputsLength + (geometry.PanelsAtATime * geometry.OutputsLength);
}
