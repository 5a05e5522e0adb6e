using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Loads and stores vectors of which only the first elements may exist, so that one loop serves any number of channels.</summary>
internal static class Lanes
{
    /// <summary>Floats in a vector.</summary>
    public const int Count = 8;

    /// <summary>Loads a vector; elements beyond <paramref name="count"/> are 0 and not read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load<T>(ref readonly T source, int index, int count)
        where T : unmanaged
    {
        ref T first = ref Unsafe.Add(ref Unsafe.AsRef(in source), index);
        return count >= Vector256<T>.Count ? Vector256.LoadUnsafe(ref first) : LoadPart(ref first, count);
    }

    /// <summary>Stores a vector; elements beyond <paramref name="count"/> are not written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector256<T> vector, ref T target, int index, int count)
        where T : unmanaged
    {
        ref T first = ref Unsafe.Add(ref target, index);
        if (count >= Vector256<T>.Count)
            vector.StoreUnsafe(ref first);
        else
            StorePart(vector, ref first, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<T> LoadPart<T>(ref T source, int count)
        where T : unmanaged
    {
        Vector256<T> vector = default;
        ref T first = ref Unsafe.As<Vector256<T>, T>(ref vector);
        for (int i = 0; i < count; i++)
            Unsafe.Add(ref first, i) = Unsafe.Add(ref source, i);
        return vector;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StorePart<T>(Vector256<T> vector, ref T target, int count)
        where T : unmanaged
    {
        ref T first = ref Unsafe.As<Vector256<T>, T>(ref vector);
        for (int i = 0; i < count; i++)
            Unsafe.Add(ref target, i) = Unsafe.Add(ref first, i);
    }
}
