namespace SiameseGen.Kernels;

/// <summary>What is computed on the way of a Winograd convolution.</summary>
internal readonly ref struct WinogradWorkspace
{
    /// <summary>Lays it out.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="scratch">At least <see cref="Length"/> floats.</param>
    public WinogradWorkspace(scoped in WinogradGeometry geometry, Span<float> scratch)
    {
        Inputs = scratch[..geometry.InputsLength];
        Products = scratch.Slice(geometry.InputsLength, geometry.PanelsAtATime * geometry.OutputsLength);
    }

    /// <summary>Transformed inputs.</summary>
    public Span<float> Inputs { get; }

    /// <summary>The outputs of a panel or two before they are transformed.</summary>
    public Span<float> Products { get; }

    /// <summary>Floats that it takes.</summary>
    /// <param name="geometry">The convolution.</param>
    public static int Length(in WinogradGeometry geometry) => geometry.InputsLength + (geometry.PanelsAtATime * geometry.OutputsLength);
}
