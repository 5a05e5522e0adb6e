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

    /// <summary>The numbers; 0 in place of those that are not above it, as <see cref="ReLU"/> has it.</summary>
    /// <param name="value">Numbers.</param>
    static abstract TSelf Rectify(TSelf value);

    /// <summary>The larger ones, as <see cref="MaxPool2D"/> chooses.</summary>
    /// <param name="largest">The largest up to now.</param>
    /// <param name="value">The ones that come next.</param>
    static abstract TSelf Larger(TSelf largest, TSelf value);

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

    /// <summary>Stores adjacent floats.</summary>
    /// <param name="target">The first of them.</param>
    void Store(ref float target);
}
