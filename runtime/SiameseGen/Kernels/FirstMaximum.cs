using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>Which of the four pixels of a window, row by row, is the first maximum: the last one that exceeds all before it.</summary>
/// <typeparam name="V">The channels that are compared together.</typeparam>
/// <param name="IsSecond">Where the second exceeds the first; a later one may exceed it in turn.</param>
/// <param name="IsThird">Where the third exceeds those before; the fourth may exceed it in turn.</param>
/// <param name="IsFourth">Where the fourth exceeds all others.</param>
/// <param name="Value">The maxima.</param>
internal readonly record struct FirstMaximum<V>(V IsSecond, V IsThird, V IsFourth, V Value)
    where V : struct, IFloats<V>
{
    /// <summary>Finds it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FirstMaximum<V> Of(V first, V second, V third, V fourth)
    {
        V isSecond = V.Exceeds(second, first), largest = V.Select(isSecond, second, first);
        V isThird = V.Exceeds(third, largest);
        largest = V.Select(isThird, third, largest);
        V isFourth = V.Exceeds(fourth, largest);
        return new FirstMaximum<V>(isSecond, isThird, isFourth, V.Select(isFourth, fourth, largest));
    }
}
