namespace SiameseGen.Kernels;

/// <summary>
/// Lays weights out in the order in which a tile reads them: panel after panel of 16 filters, and within a panel term after term, rows of the
/// kernel first. A last panel with fewer filters is filled up with zeros.
/// </summary>
internal static class PackedWeights
{
    private const int Width = ConvolutionGeometry.PanelWidth;

    /// <summary>Packs the weights of a convolution.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="weights">Terms × filters of all groups.</param>
    /// <param name="packed">Receives <see cref="ConvolutionGeometry.PackedLength"/> floats.</param>
    /// <param name="group">The group whose weights to pack.</param>
    public static void Pack(in ConvolutionGeometry geometry, ReadOnlySpan<float> weights, Span<float> packed, int group = 0)
    {
        int filters = geometry.Filters, terms = geometry.Terms;
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            int first = panel * Width, count = Math.Min(Width, filters - first);
            Span<float> target = packed.Slice(panel * terms * Width, terms * Width);
            for (int term = 0; term < terms; term++)
            {
                Span<float> row = target.Slice(term * Width, Width);
                weights.Slice((term * geometry.TargetPixel) + (group * filters) + first, count).CopyTo(row);
                row[count..].Clear();
            }
        }
    }

    /// <summary>Packs the weights for the gradient of the input: the kernel rotated by half a turn, channels and filters exchanged.</summary>
    /// <param name="geometry">The geometry of the gradient: its filters are the channels of the convolution.</param>
    /// <param name="weights">The convolution's weights: kernel rows × kernel columns × channels × filters of all groups.</param>
    /// <param name="packed">Receives <see cref="ConvolutionGeometry.PackedLength"/> floats.</param>
    /// <param name="group">The group whose weights to pack.</param>
    public static void PackRotated(in ConvolutionGeometry geometry, ReadOnlySpan<float> weights, Span<float> packed, int group = 0)
    {
        int channels = geometry.Filters, filters = geometry.Channels, taps = geometry.KernelHeight * geometry.KernelWidth;
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            int first = panel * Width, count = Math.Min(Width, channels - first);
            for (int tap = 0; tap < taps; tap++)
            {
                Span<float> target = packed.Slice(((panel * taps) + tap) * filters * Width, filters * Width);
                target.Clear();
                int rows = ((taps - 1 - tap) * channels) + first;
                for (int channel = 0; channel < count; channel++)
                {
                    ReadOnlySpan<float> row = weights.Slice(((rows + channel) * geometry.SourcePixel) + (group * filters), filters);
                    for (int filter = 0; filter < filters; filter++)
                        target[(filter * Width) + channel] = row[filter];
                }
            }
        }
    }

    /// <summary>Packs biases, or zeros where there are none.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="bias">The biases; empty for none.</param>
    /// <param name="packed">Receives <see cref="ConvolutionGeometry.BiasLength"/> floats.</param>
    public static void PackBias(in ConvolutionGeometry geometry, ReadOnlySpan<float> bias, Span<float> packed)
    {
        Span<float> target = packed[..geometry.BiasLength];
        target.Clear();
        bias.CopyTo(target);
    }

    /// <summary>Folds a batch normalisation into packed weights and biases: each filter is scaled by γ / √(σ² + ε) and shifted accordingly.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="parameters">The weights that the offsets lead into.</param>
    /// <param name="fold">What to fold.</param>
    /// <param name="packed">Packed weights.</param>
    /// <param name="bias">Packed biases.</param>
    /// <param name="group">The group they are of.</param>
    public static void Fold(
        in ConvolutionGeometry geometry, Parameters parameters, in BatchNormFold fold, Span<float> packed, Span<float> bias, int group = 0)
    {
        for (int filter = 0; filter < geometry.Filters; filter++)
            Scale(geometry, filter, fold.FoldBias(parameters, (group * geometry.Filters) + filter, ref bias[filter]), packed);
    }

    /// <summary>Multiplies a filter's packed weights.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="filter">Which filter.</param>
    /// <param name="scale">What they are multiplied by.</param>
    /// <param name="packed">Packed weights.</param>
    public static void Scale(in ConvolutionGeometry geometry, int filter, double scale, Span<float> packed)
    {
        int terms = geometry.Terms, start = (filter / Width * terms * Width) + (filter % Width);
        for (int term = 0; term < terms; term++)
            packed[start + (term * Width)] = (float)(packed[start + (term * Width)] * scale);
    }
}
