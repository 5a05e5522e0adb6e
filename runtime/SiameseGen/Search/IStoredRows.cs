using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Search;

/// <summary>Reads one unit of eight rows into a vector of 32-bit lanes, a row a lane.</summary>
internal interface IStoredRows
{
    /// <summary>Bytes of one unit of eight rows.</summary>
    static abstract int EightBytes { get; }

    /// <summary>Reads.</summary>
    /// <param name="unit">The unit of the first of the eight rows.</param>
    /// <param name="terms">The first term of that row.</param>
    static abstract Vector256<float> Load(ref byte unit, ref float terms);

    /// <summary>Reads a unit of sixteen rows, where registers are that wide.</summary>
    /// <param name="unit">The unit of the first of the sixteen rows.</param>
    /// <param name="terms">The first term of that row.</param>
    static abstract Vector512<float> LoadSixteen(ref byte unit, ref float terms);
}

/// <summary>Floats as they are.</summary>
internal readonly struct Float32Rows : IStoredRows
{
    /// <inheritdoc/>
    public static int EightBytes => 32;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref byte unit, ref float terms) => Vector256.LoadUnsafe(ref unit).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadSixteen(ref byte unit, ref float terms) => Vector512.LoadUnsafe(ref unit).AsSingle();
}

/// <summary>
/// Numbers of binary16, widened without an instruction for it, which .NET does not offer: shifted into the place of a float's exponent and mantissa
/// they are a float whose exponent is biased by 15 instead of 127. Times 2¹¹² it is the number, exactly, also where either of the two is subnormal.
/// </summary>
internal readonly struct Float16Rows : IStoredRows
{
    private const float Rebias = 5192296858534827628530496329220096f;

    /// <inheritdoc/>
    public static int EightBytes => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref byte unit, ref float terms)
    {
        // Widening repeats the sign up to bit 31; the shift takes its lowest copy to bit 28, and only the highest is to stay.
        Vector256<int> wide = Vector256.WidenLower(Vector128.LoadUnsafe(ref unit).AsInt16().ToVector256Unsafe());
        return ((wide << 13) & Vector256.Create(unchecked((int)0x8FFFE000))).AsSingle() * Vector256.Create(Rebias);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadSixteen(ref byte unit, ref float terms)
    {
        Vector512<int> wide = Vector512.WidenLower(Vector256.LoadUnsafe(ref unit).AsInt16().ToVector512Unsafe());
        return ((wide << 13) & Vector512.Create(unchecked((int)0x8FFFE000))).AsSingle() * Vector512.Create(Rebias);
    }
}

/// <summary>Bytes times the scale of their row.</summary>
internal readonly struct Int8Rows : IStoredRows
{
    /// <inheritdoc/>
    public static int EightBytes => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref byte unit, ref float terms)
    {
        Vector128<short> wide = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref unit)).AsSByte());
        Vector256<int> wider = Vector256.WidenLower(wide.ToVector256Unsafe());
        return Vector256.ConvertToSingle(wider) * Vector256.LoadUnsafe(ref terms);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadSixteen(ref byte unit, ref float terms)
    {
        Vector256<short> wide = Vector256.WidenLower(Vector128.LoadUnsafe(ref unit).AsSByte().ToVector256Unsafe());
        Vector512<int> wider = Vector512.WidenLower(wide.ToVector512Unsafe());
        return Vector512.ConvertToSingle(wider) * Vector512.LoadUnsafe(ref terms);
    }
}

/// <summary>Pairs of bytes, each widened to 16 bits, without their scale.</summary>
internal readonly struct Int8PairRows : IStoredRows
{
    /// <inheritdoc/>
    public static int EightBytes => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref byte unit, ref float terms) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref unit).AsSByte().ToVector256Unsafe()).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadSixteen(ref byte unit, ref float terms) =>
        Vector512.WidenLower(Vector256.LoadUnsafe(ref unit).AsSByte().ToVector512Unsafe()).AsSingle();
}
