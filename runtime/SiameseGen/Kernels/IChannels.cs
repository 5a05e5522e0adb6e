using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>How a register of channels is loaded and stored, so that one kernel serves whole registers and the rest of any number of channels.</summary>
/// <typeparam name="V">The register.</typeparam>
internal interface IChannels<V>
    where V : struct, IFloats<V>
{
    /// <summary>Loads channels; those beyond <paramref name="count"/> are 0 and not read.</summary>
    static abstract V Load(ref readonly float source, int index, int count);

    /// <summary>Stores channels; those beyond <paramref name="count"/> are not written.</summary>
    static abstract void Store(V value, ref float target, int index, int count);

    /// <summary>Loads doubles of four channels; those beyond <paramref name="count"/> are 0 and not read.</summary>
    static abstract Vector256<double> Load(ref double source, int index, int count);

    /// <summary>Stores doubles of four channels; those beyond <paramref name="count"/> are not written.</summary>
    static abstract void Store(Vector256<double> value, ref double target, int index, int count);
}

/// <summary>All channels exist.</summary>
/// <typeparam name="V">The register.</typeparam>
internal readonly struct AllChannels<V> : IChannels<V>
    where V : struct, IFloats<V>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load(ref readonly float source, int index, int count) => V.Load(ref Unsafe.Add(ref Unsafe.AsRef(in source), index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V value, ref float target, int index, int count) => value.Store(ref Unsafe.Add(ref target, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ref double source, int index, int count) => WholeLanes.Load(in source, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> value, ref double target, int index, int count) => WholeLanes.Store(value, ref target, index, count);
}

/// <summary>Only some of eight channels exist.</summary>
internal readonly struct SomeChannels : IChannels<Eight>
{
    /// <inheritdoc/>
    public static Eight Load(ref readonly float source, int index, int count) => new(SomeLanes.Load(in source, index, count));

    /// <inheritdoc/>
    public static void Store(Eight value, ref float target, int index, int count) => SomeLanes.Store(value.Half(0), ref target, index, count);

    /// <inheritdoc/>
    public static Vector256<double> Load(ref double source, int index, int count) => SomeLanes.Load(in source, index, count);

    /// <inheritdoc/>
    public static void Store(Vector256<double> value, ref double target, int index, int count) => SomeLanes.Store(value, ref target, index, count);
}
