using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// A register of floats, so that one source serves registers of eight and of sixteen. Lanes do not meet in what it can do: how wide registers are changes no bit.
/// </summary>
/// <typeparam name="TSelf">The register.</typeparam>
internal interface IFloats<TSelf>
    where TSelf : struct, IFloats<TSelf>
{
    /// <summary>Floats of a register.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in all lanes.</summary>
    /// <param name="value">The number.</param>
    static abstract TSelf Create(float value);

    /// <summary>Loads adjacent floats.</summary>
    /// <param name="source">The first of them.</param>
    static abstract TSelf Load(ref readonly float source);

    /// <summary>a·b + c, rounded once.</summary>
    /// <param name="a">A factor.</param>
    /// <param name="b">A factor.</param>
    /// <param name="c">A summand.</param>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The numbers; 0 in place of those that are 0 or less, as <see cref="ReLU"/> has it.</summary>
    /// <param name="value">Numbers.</param>
    static abstract TSelf Rectify(TSelf value);

    /// <summary>The larger ones, as <see cref="MaxPool2D"/> chooses.</summary>
    /// <param name="largest">The largest up to now.</param>
    /// <param name="value">The ones that come next.</param>
    static abstract TSelf Larger(TSelf largest, TSelf value);

    /// <summary>Where a value is larger than all before it: all bits of a lane, as <see cref="MaxPool2D"/> chooses.</summary>
    /// <param name="value">The value.</param>
    /// <param name="largest">The largest before it.</param>
    static abstract TSelf Exceeds(TSelf value, TSelf largest);

    /// <summary>Where a number is not 0 or less: all bits of a lane.</summary>
    /// <param name="value">The number.</param>
    static abstract TSelf IsActive(TSelf value);

    /// <summary>One of two numbers for each lane.</summary>
    /// <param name="mask">All bits of a lane, or none.</param>
    /// <param name="a">The number where all are set.</param>
    /// <param name="b">The number where none is.</param>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>The numbers where no bit of the mask is set, 0 elsewhere.</summary>
    /// <param name="value">Numbers.</param>
    /// <param name="mask">All bits of a lane, or none.</param>
    static abstract TSelf AndNot(TSelf value, TSelf mask);

    /// <summary>The numbers where all bits of the mask are set, 0 elsewhere.</summary>
    /// <param name="value">Numbers.</param>
    /// <param name="mask">All bits of a lane, or none.</param>
    static abstract TSelf operator &(TSelf value, TSelf mask);

    /// <summary>a + b.</summary>
    /// <param name="a">A summand.</param>
    /// <param name="b">A summand.</param>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>a − b.</summary>
    /// <param name="a">What is subtracted from.</param>
    /// <param name="b">What is subtracted.</param>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>a·b.</summary>
    /// <param name="a">A factor.</param>
    /// <param name="b">A factor.</param>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>Eight of the floats.</summary>
    /// <param name="index">0 for the first eight, 1 for the second.</param>
    Vector256<float> Half(int index);

    /// <summary>Stores adjacent floats.</summary>
    /// <param name="target">The first of them.</param>
    void Store(ref float target);
}
