using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>The transforms of Winograd convolutions: a matrix X of vectors becomes T X Tᵀ.</summary>
internal static class WinogradTransforms
{
    /// <summary>Transforms a matrix of vectors: its columns, then its rows.</summary>
    /// <typeparam name="V">The vectors.</typeparam>
    /// <typeparam name="T">The transform.</typeparam>
    /// <param name="from">The first vector.</param>
    /// <param name="row">Floats from row to row.</param>
    /// <param name="column">Floats from column to column.</param>
    /// <param name="half">Scratch: columns that are transformed already.</param>
    /// <param name="to">Where the first vector goes.</param>
    /// <param name="toRow">Floats from row to row there.</param>
    /// <param name="toColumn">Floats from column to column there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<V, T>(ref float from, nint row, nint column, ref float half, ref float to, nint toRow, nint toColumn)
        where V : struct, IFloats<V>
        where T : struct, IWinogradTransform
    {
        for (int i = 0; i < T.Inputs; i++)
            T.Apply(ref Unsafe.Add(ref from, i * column), row, ref Unsafe.Add(ref half, i * V.Count), T.Inputs * V.Count);
        for (int i = 0; i < T.Outputs; i++)
            T.Apply(ref Unsafe.Add(ref half, i * T.Inputs * V.Count), V.Count, ref Unsafe.Add(ref to, i * toRow), toColumn);
    }
}
