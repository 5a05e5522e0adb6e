using System.Runtime.InteropServices;
using SiameseGen.Shipping;
using Xunit;

namespace SiameseGen.Tests.Shipping;

/// <summary>Each way to compute a convolution of 8-bit codes gives the codes of the definition: one sum after the other, one code after the other.</summary>
public sealed class Int8ConvolutionTests
{
    private static readonly Int8Scaling Scaling = new(Shift: 40, Border: -9, Zero: 3, Low: -100);

    private static readonly Dictionary<string, Int8ConvolutionShape> Shapes = new()
    {
        ["one channel"] = Shape(28, 28, 1, 24, 3, 1, 1, 1, 1),
        ["channels that fill no vector"] = Shape(9, 7, 5, 19, 3, 1, 1, 1, 1),
        ["channels that fill vectors"] = Shape(7, 7, 32, 48, 3, 1, 1, 1, 1),
        ["fewer pixels than a tile"] = Shape(2, 1, 16, 16, 3, 1, 1, 1, 1),
        ["no border and steps of two"] = Shape(11, 13, 3, 16, 4, 2, 1, 0, 1),
        ["a wide border"] = Shape(3, 3, 2, 8, 5, 1, 1, 4, 1),
        ["taps apart"] = Shape(9, 9, 4, 33, 3, 1, 2, 2, 1),
        ["groups"] = Shape(8, 8, 12, 20, 3, 1, 1, 1, 4),
        ["a dense layer"] = Shape(1, 1, 130, 40, 1, 1, 1, 0, 1),
    };

    public static TheoryData<string> Names() => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Codes_are_those_of_the_definition(string name)
    {
        Int8ConvolutionShape shape = Shapes[name];
        var random = new Random(5);
        byte[] numbers = Numbers(shape, random);
        sbyte[] input = new sbyte[shape.Height * shape.Width * shape.Channels], expected = new sbyte[shape.OutputHeight * shape.OutputWidth * shape.Filters];
        random.NextBytes(MemoryMarshal.AsBytes(input.AsSpan()));
        for (int i = 0; i < expected.Length; i++)
            expected[i] = Code(shape, numbers, input, i / shape.Filters, i % shape.Filters);

        short[] scratch = new short[Int8Convolution.ScratchLength(shape)];
        sbyte[] codes = new sbyte[expected.Length];
        Int8Convolution.Infer(shape, Scaling, numbers, input, codes, Dirty(scratch, random));
        Assert.Equal(expected, codes);

        // And every way that this processor can go.
        Compare(Int8Convolution.InferGroup);
        if (Int8Quads.Supports(shape))
            Compare(Int8Quads.InferGroup);

        void Compare(Way way)
        {
            Array.Clear(codes);
            for (int group = 0; group < shape.Groups; group++)
                way(shape, Scaling, group, numbers.AsSpan(group * shape.GroupLength, shape.GroupLength), input, codes, Dirty(scratch, random));
            Assert.Equal(expected, codes);
        }
    }

    private delegate void Way(in Int8ConvolutionShape shape, in Int8Scaling scaling, int group, ReadOnlySpan<byte> numbers, ReadOnlySpan<sbyte> input, Span<sbyte> output, Span<short> scratch);

    private static Int8ConvolutionShape Shape(int height, int width, int channels, int filters, int kernel, int stride, int dilation, int pad, int groups)
    {
        int Places(int size) => ((size + (2 * pad) - ((kernel - 1) * dilation) - 1) / stride) + 1;
        return new Int8ConvolutionShape(height, width, channels, filters, kernel, kernel, stride, dilation, pad, pad, Places(height), Places(width), groups);
    }

    private static short[] Dirty(short[] scratch, Random random)
    {
        random.NextBytes(MemoryMarshal.AsBytes(scratch.AsSpan()));
        return scratch;
    }

    // As IntegerPacking orders them: multipliers, biases, and weights in blocks of filters and pairs of products; zeros for what is not there.
    private static byte[] Numbers(Int8ConvolutionShape shape, Random random)
    {
        byte[] numbers = new byte[shape.Groups * shape.GroupLength];
        int filters = shape.Filters / shape.Groups, padded = shape.PaddedFilters, depth = shape.Taps * (shape.Channels / shape.Groups);
        for (int group = 0; group < shape.Groups; group++)
        {
            Span<byte> ofGroup = numbers.AsSpan(group * shape.GroupLength, shape.GroupLength);
            for (int filter = 0; filter < filters; filter++)
            {
                MemoryMarshal.Cast<byte, int>(ofGroup)[filter] = random.Next(1 << 30, int.MaxValue);
                MemoryMarshal.Cast<byte, int>(ofGroup)[padded + filter] = random.Next(-100_000, 100_000);
                for (int k = 0; k < depth; k++)
                    ofGroup[Place(shape, filter, k)] = (byte)random.Next(256);
            }
        }

        return numbers;
    }

    private static int Place(Int8ConvolutionShape shape, int filter, int k) =>
        (8 * shape.PaddedFilters) + (filter / 16 * 16 * shape.PaddedDepth) + (k / 2 * 32) + (filter % 16 * 2) + (k % 2);

    private static sbyte Code(Int8ConvolutionShape shape, byte[] numbers, sbyte[] input, int pixel, int filter)
    {
        int channels = shape.Channels / shape.Groups, filters = shape.Filters / shape.Groups, group = filter / filters, ofGroup = filter % filters, start = group * shape.GroupLength;
        int sum = BitConverter.ToInt32(numbers, start + (4 * (shape.PaddedFilters + ofGroup)));
        for (int k = 0; k < shape.Taps * channels; k++)
        {
            int tap = k / channels;
            int y = (pixel / shape.OutputWidth * shape.Stride) - shape.PadTop + (tap / shape.KernelWidth * shape.Dilation);
            int x = (pixel % shape.OutputWidth * shape.Stride) - shape.PadLeft + (tap % shape.KernelWidth * shape.Dilation);
            bool isInside = y >= 0 && y < shape.Height && x >= 0 && x < shape.Width;
            int code = isInside ? input[(((y * shape.Width) + x) * shape.Channels) + (group * channels) + (k % channels)] : Scaling.Border;
            sum += code * (sbyte)numbers[start + Place(shape, ofGroup, k)];
        }

        long scaled = ((long)sum * BitConverter.ToInt32(numbers, start + (4 * ofGroup)) + (1L << (Scaling.Shift - 1))) >> Scaling.Shift;
        return (sbyte)Math.Clamp(Scaling.Zero + scaled, Scaling.Low, sbyte.MaxValue);
    }
}
