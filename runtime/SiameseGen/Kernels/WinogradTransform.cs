using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>
/// The transforms of F(2×2, 3×3), F(3×3, 3×3), F(4×4, 3×3) and F(6×6, 3×3). A tile of so many outputs takes two products more, one for each of the polynomials'
/// points 0, 1, −1 and infinity, then 2, −2, ½ and −½, as many as it needs (Winograd, "Arithmetic Complexity of Computations", 1980; Lavin and Gray, "Fast
/// Algorithms for Convolutional Neural Networks", 2016).
/// </summary>
/// <remarks>
/// A kernel's value at a point is the same for every tile, so that tiles of all sizes share one transformed kernel. What the theorem of Lagrange divides by
/// depends on the other points: kernels are divided as F(4×4, 3×3) has it, at ½ and −½ as F(6×6, 3×3), and the transforms of inputs make up for the difference.
/// </remarks>
/// <typeparam name="V">The vectors.</typeparam>
internal static partial class WinogradTransform<V>
    where V : struct, IFloats<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load<TLine>(scoped in TLine line, int index)
        where TLine : struct, IWinogradLine, allows ref struct => V.Load(ref line.At(index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLine>(V value, scoped in TLine line, int index)
        where TLine : struct, IWinogradLine, allows ref struct => value.Store(ref line.At(index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Times(float factor, V value, V summand) => V.MultiplyAdd(V.Create(factor), value, summand);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Times(float factor, V value) => V.Create(factor) * value;

    // A sum and a difference, which transforms of a point and of its negative are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair<TLine>(V even, V odd, scoped in TLine line, int index)
        where TLine : struct, IWinogradLine, allows ref struct
    {
        Store(even + odd, line, index);
        Store(even - odd, line, index + 1);
    }
}
