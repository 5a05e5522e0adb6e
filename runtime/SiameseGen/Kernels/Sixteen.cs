using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Sixteen floats: a register of 512 bits, where <see cref="WideTiles.IsSupported"/>.</summary>
/// <param name="vector">What it holds.</param>
internal readonly struct Sixteen(Vector512<float> vector) : IFloats<Sixteen>
{
    private readonly Vector512<float> _vector = vector;

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen Create(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen Load(ref readonly float source) => new(Vector512.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen MultiplyAdd(Sixteen a, Sixteen b, Sixteen c) => new(Vectors.MultiplyAdd(a._vector, b._vector, c._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen Rectify(Sixteen value) => new(WideTiles.Rectify(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen Larger(Sixteen largest, Sixteen value) => new(MaxPool2D.Larger(largest._vector, value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen Exceeds(Sixteen value, Sixteen largest) => new(MaxPool2D.Exceeds(value._vector, largest._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen IsActive(Sixteen value) => new(~Vector512.LessThanOrEqual(value._vector, Vector512<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen Select(Sixteen mask, Sixteen a, Sixteen b) => new(Vector512.ConditionalSelect(mask._vector, a._vector, b._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen AndNot(Sixteen value, Sixteen mask) => new(Vector512.AndNot(value._vector, mask._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen operator &(Sixteen value, Sixteen mask) => new(value._vector & mask._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen operator +(Sixteen a, Sixteen b) => new(a._vector + b._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen operator -(Sixteen a, Sixteen b) => new(a._vector - b._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen operator *(Sixteen a, Sixteen b) => new(a._vector * b._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Half(int index) => index == 0 ? _vector.GetLower() : _vector.GetUpper();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target) => _vector.StoreUnsafe(ref target);
}
