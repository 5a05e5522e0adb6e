using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>A tile of an image at all its positions: a row of each position's matrix, from one of its channels or filters on.</summary>
/// <param name="first">What places count from.</param>
/// <param name="pitch">Floats from one point of rows to the next.</param>
/// <param name="places">Where the points of columns are.</param>
internal readonly ref struct WinogradPositions(ref float first, nint pitch, ref readonly nint places)
{
    private readonly ref float _first = ref first;
    private readonly ref readonly nint _places = ref places;
    private readonly nint _pitch = pitch;

    /// <summary>The same from a later channel or filter on.</summary>
    /// <param name="channel">The channel or filter.</param>
    public WinogradPositions From(int channel) => new(ref Unsafe.Add(ref _first, channel), _pitch, in _places);

    /// <summary>The positions of a point of rows.</summary>
    /// <param name="point">The point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WinogradPlaces Row(int point) => new(ref Unsafe.Add(ref _first, point * _pitch), in _places);
}
