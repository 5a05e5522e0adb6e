using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>Vectors of a column or a row, and where each of them lies.</summary>
internal interface IWinogradLine
{
    /// <summary>The first float of a vector.</summary>
    /// <param name="index">The vector.</param>
    ref float At(int index);
}

/// <summary>Vectors that lie a step apart.</summary>
/// <param name="first">The first one.</param>
/// <param name="step">Floats from one to the next.</param>
internal readonly ref struct WinogradSteps(ref float first, nint step) : IWinogradLine
{
    private readonly ref float _first = ref first;
    private readonly nint _step = step;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int index) => ref Unsafe.Add(ref _first, index * _step);
}

/// <summary>Vectors that lie anywhere.</summary>
/// <param name="first">What places count from.</param>
/// <param name="places">Floats from there to each vector.</param>
internal readonly ref struct WinogradPlaces(ref float first, ref readonly nint places) : IWinogradLine
{
    private readonly ref float _first = ref first;
    private readonly ref readonly nint _places = ref places;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int index) => ref Unsafe.Add(ref _first, Unsafe.Add(ref Unsafe.AsRef(in _places), index));
}

/// <summary>A column of pixels that may begin above an image, or end below it: what lies outside is zero.</summary>
/// <param name="image">The image's first pixel.</param>
/// <param name="at">Floats from there to the column's first pixel, were there one.</param>
/// <param name="row">Floats from row to row.</param>
/// <param name="top">The column's first row.</param>
/// <param name="height">Rows of the image.</param>
/// <param name="zero">A vector of zeros.</param>
internal readonly ref struct WinogradBorderedColumn(ref float image, nint at, nint row, int top, int height, ref float zero) : IWinogradLine
{
    private readonly ref float _image = ref image;
    private readonly ref float _zero = ref zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int index) => ref (uint)(top + index) < (uint)height ? ref Unsafe.Add(ref _image, at + (index * row)) : ref _zero;
}
