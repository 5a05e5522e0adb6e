using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Eight floats: a register of 256 bits, or two of 128.</summary>
/// <param name="vector">What it holds.</param>
internal readonly struct Eight(Vector256<float> vector) : IFloats<Eight>
{
    private readonly Vector256<float> _vector = vector;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Create(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Load(ref readonly float source) => new(Vector256.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight MultiplyAdd(Eight a, Eight b, Eight c) => new(Vectors.MultiplyAdd(a._vector, b._vector, c._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Rectify(Eight value) => new(ReLU.Of(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Larger(Eight largest, Eight value) => new(MaxPool2D.Larger(largest._vector, value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Exceeds(Eight value, Eight largest) => new(MaxPool2D.Exceeds(value._vector, largest._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight IsActive(Eight value) => new(~Vector256.LessThanOrEqual(value._vector, Vector256<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Select(Eight mask, Eight a, Eight b) => new(Vector256.ConditionalSelect(mask._vector, a._vector, b._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight AndNot(Eight value, Eight mask) => new(Vector256.AndNot(value._vector, mask._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight operator &(Eight value, Eight mask) => new(value._vector & mask._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight operator +(Eight a, Eight b) => new(a._vector + b._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight operator -(Eight a, Eight b) => new(a._vector - b._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight operator *(Eight a, Eight b) => new(a._vector * b._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Half(int index) => _vector;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target) => _vector.StoreUnsafe(ref target);
}
