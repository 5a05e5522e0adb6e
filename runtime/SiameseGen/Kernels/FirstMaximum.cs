using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Which of the four pixels of a window, row by row, is the first maximum: the last one that exceeds all before it.</summary>
/// <param name="IsSecond">Where the second exceeds the first; a later one may exceed it in turn.</param>
/// <param name="IsThird">Where the third exceeds those before; the fourth may exceed it in turn.</param>
/// <param name="IsFourth">Where the fourth exceeds all others.</param>
/// <param name="Value">The maxima.</param>
internal readonly record struct FirstMaximum(Vector256<float> IsSecond, Vector256<float> IsThird, Vector256<float> IsFourth, Vector256<float> Value)
{
    /// <summary>Finds it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FirstMaximum Of(Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth)
    {
        Vector256<float> isSecond = MaxPool2D.Exceeds(second, first), largest = Vector256.ConditionalSelect(isSecond, second, first);
        Vector256<float> isThird = MaxPool2D.Exceeds(third, largest);
        largest = Vector256.ConditionalSelect(isThird, third, largest);
        Vector256<float> isFourth = MaxPool2D.Exceeds(fourth, largest);
        return new FirstMaximum(isSecond, isThird, isFourth, Vector256.ConditionalSelect(isFourth, fourth, largest));
    }
}
