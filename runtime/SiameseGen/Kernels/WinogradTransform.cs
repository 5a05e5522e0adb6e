using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>What the transforms of Winograd convolutions are made of.</summary>
/// <typeparam name="V">The vectors.</typeparam>
internal static partial class WinogradTransform<V>
    where V : struct, IFloats<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load(ref float from, nint at) => V.Load(ref Unsafe.Add(ref from, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(V value, ref float to, nint at) => value.Store(ref Unsafe.Add(ref to, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Times(float factor, V value, V summand) => V.MultiplyAdd(V.Create(factor), value, summand);

    // A sum and a difference, which transforms of a point and of its negative are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(V even, V odd, ref float to, nint at, nint step)
    {
        Store(even + odd, ref to, at);
        Store(even - odd, ref to, at + step);
    }
}
