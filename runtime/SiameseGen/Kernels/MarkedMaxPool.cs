using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// Maximum pooling by windows of 2×2, then a rectifier, that leaves a mark of which pixel each maximum is, so that backward needs no pixels: for eight
/// channels four bytes, one for each pixel of the window, with a bit for each channel whose gradient goes to that pixel. A channel that the rectifier
/// lets nothing through of has no bit, and one whose maximum is not a number has that of the last pixel.
/// </summary>
internal static class MarkedMaxPool
{
    /// <summary>Marks of a pooled pixel.</summary>
    /// <param name="channels">Channels.</param>
    public static int MarksOfPixel(int channels) => (channels + Lanes.Count - 1) / Lanes.Count;

    /// <summary>Marks of a pooled image.</summary>
    /// <param name="shape">The pooling.</param>
    public static int MarksLength(in Pool2DShape shape) => shape.OutputHeight * shape.OutputWidth * MarksOfPixel(shape.Channels);

    /// <summary>Pools images.</summary>
    /// <param name="shape">Windows of 2×2 that tile the image.</param>
    /// <param name="inputs">Images, one after another.</param>
    /// <param name="outputs">Receives them, pooled and rectified.</param>
    /// <param name="marks">Receives the marks.</param>
    public static void Pool(in Pool2DShape shape, ReadOnlySpan<float> inputs, Span<float> outputs, Span<uint> marks)
    {
        int channels = shape.Channels, row = shape.Width * channels, images = outputs.Length / shape.OutputLength;
        ref float y = ref MemoryMarshal.GetReference(outputs);
        ref uint mark = ref MemoryMarshal.GetReference(marks[..(images * MarksLength(shape))]);
        ref float x = ref MemoryMarshal.GetReference(inputs[..(images * shape.InputLength)]);
        for (int image = 0; image < images; image++)
        {
            for (int poolRow = 0; poolRow < shape.OutputHeight; poolRow++)
            {
                ref float window = ref Unsafe.Add(ref x, (image * shape.InputLength) + (2 * poolRow * row));
                for (int column = 0; column < shape.OutputWidth; column++)
                {
                    int c = 0;
                    for (; WideTiles.IsSupported && c <= channels - Sixteen.Count; c += Sixteen.Count, mark = ref Unsafe.Add(ref mark, 2))
                        LargestOfSixteen(ref Unsafe.Add(ref window, c), channels, row, ref Unsafe.Add(ref y, c), ref mark);
                    for (; c <= channels - Lanes.Count; c += Lanes.Count, mark = ref Unsafe.Add(ref mark, 1))
                        mark = Largest<WholeLanes>(ref Unsafe.Add(ref window, c), channels, row, ref Unsafe.Add(ref y, c), channels - c);
                    if (c < channels)
                    {
                        mark = Largest<SomeLanes>(ref Unsafe.Add(ref window, c), channels, row, ref Unsafe.Add(ref y, c), channels - c);
                        mark = ref Unsafe.Add(ref mark, 1);
                    }

                    window = ref Unsafe.Add(ref window, 2 * channels);
                    y = ref Unsafe.Add(ref y, channels);
                }
            }
        }
    }

    /// <summary>The lanes whose gradient goes to a pixel of the window: all bits set.</summary>
    /// <param name="mark">The mark, in every lane.</param>
    /// <param name="pixel">Which pixel, 0 to 3: a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LanesOf(Vector256<int> mark, [ConstantExpected(Min = 0, Max = 3)] int pixel)
    {
        Vector256<int> bits = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128) << (8 * pixel);
        return Vector256.Equals(mark & bits, bits).AsSingle();
    }

    /// <summary>The same for twice eight lanes.</summary>
    /// <param name="marks">The marks of eight lanes, then those of the next eight.</param>
    /// <param name="pixel">Which pixel, 0 to 3: a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LanesOf(Vector512<int> marks, [ConstantExpected(Min = 0, Max = 3)] int pixel)
    {
        Vector512<int> bits = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128) << (8 * pixel);
        return Vector512.Equals(marks & bits, bits).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Largest<TLanes>(ref float x, int column, int row, ref float y, int lanes)
        where TLanes : struct, ILanes
    {
        Vector256<float> first = TLanes.Load(ref x, 0, lanes), second = TLanes.Load(ref x, column, lanes);
        Vector256<float> third = TLanes.Load(ref x, row, lanes), fourth = TLanes.Load(ref x, row + column, lanes);
        Vector256<float> largest = MaxPool2D.Larger(MaxPool2D.Larger(MaxPool2D.Larger(first, second), third), fourth);
        TLanes.Store(ReLU.Of(largest), ref y, 0, lanes);
        uint left = ~Vector256.LessThanOrEqual(largest, Vector256<float>.Zero).ExtractMostSignificantBits() & 0xFF;
        uint mark = Take(Vector256.Equals(first, largest).ExtractMostSignificantBits(), ref left);
        mark |= Take(Vector256.Equals(second, largest).ExtractMostSignificantBits(), ref left) << 8;
        mark |= Take(Vector256.Equals(third, largest).ExtractMostSignificantBits(), ref left) << 16;
        return mark | (left << 24);
    }

    // As Largest, with the marks of twice eight filters.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LargestOfSixteen(ref float x, int column, int row, ref float y, ref uint marks)
    {
        Vector512<float> first = Vector512.LoadUnsafe(ref x), second = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, column));
        Vector512<float> third = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, row)), fourth = Vector512.LoadUnsafe(ref Unsafe.Add(ref x, row + column));
        Vector512<float> largest = MaxPool2D.Larger(MaxPool2D.Larger(MaxPool2D.Larger(first, second), third), fourth);
        WideTiles.Rectify(largest).StoreUnsafe(ref y);
        uint left = ~(uint)Vector512.LessThanOrEqual(largest, Vector512<float>.Zero).ExtractMostSignificantBits() & 0xFFFF;
        uint one = Take((uint)Vector512.Equals(first, largest).ExtractMostSignificantBits(), ref left);
        uint two = Take((uint)Vector512.Equals(second, largest).ExtractMostSignificantBits(), ref left);
        uint three = Take((uint)Vector512.Equals(third, largest).ExtractMostSignificantBits(), ref left);
        marks = (one & 0xFF) | ((two & 0xFF) << 8) | ((three & 0xFF) << 16) | (left << 24);
        Unsafe.Add(ref marks, 1) = (one >> 8) | (two & 0xFF00) | ((three & 0xFF00) << 8) | ((left & 0xFF00) << 16);
    }

    // Of the lanes that no pixel has yet, those in which this one is the largest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Take(uint lanes, ref uint left)
    {
        lanes &= left;
        left &= ~lanes;
        return lanes;
    }
}
