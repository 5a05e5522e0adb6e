using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>How a vector of channels is loaded and stored, so that one kernel serves whole vectors and the rest of any number of channels.</summary>
internal interface ILanes
{
    /// <summary>Loads a vector; elements beyond <paramref name="count"/> are 0 and not read.</summary>
    static abstract Vector256<T> Load<T>(ref readonly T source, int index, int count)
        where T : unmanaged;

    /// <summary>Stores a vector; elements beyond <paramref name="count"/> are not written.</summary>
    static abstract void Store<T>(Vector256<T> vector, ref T target, int index, int count)
        where T : unmanaged;
}

/// <summary>All elements exist.</summary>
internal readonly struct WholeLanes : ILanes
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load<T>(ref readonly T source, int index, int count)
        where T : unmanaged => Vector256.LoadUnsafe(in source, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector256<T> vector, ref T target, int index, int count)
        where T : unmanaged => vector.StoreUnsafe(ref target, (nuint)index);
}

/// <summary>Only some elements exist, possibly none.</summary>
internal readonly struct SomeLanes : ILanes
{
    /// <inheritdoc/>
    public static Vector256<T> Load<T>(ref readonly T source, int index, int count)
        where T : unmanaged
    {
        Vector256<T> vector = default;
        ref T to = ref Unsafe.As<Vector256<T>, T>(ref vector), from = ref Unsafe.Add(ref Unsafe.AsRef(in source), index);
        for (int i = 0; i < Math.Min(count, Vector256<T>.Count); i++)
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
        return vector;
    }

    /// <inheritdoc/>
    public static void Store<T>(Vector256<T> vector, ref T target, int index, int count)
        where T : unmanaged
    {
        ref T from = ref Unsafe.As<Vector256<T>, T>(ref vector), to = ref Unsafe.Add(ref target, index);
        for (int i = 0; i < Math.Min(count, Vector256<T>.Count); i++)
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
    }
}

/// <summary>Sizes of vectors.</summary>
internal static class Lanes
{
    /// <summary>Floats in a vector.</summary>
    public const int Count = 8;
}
