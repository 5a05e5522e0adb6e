using System.Runtime.Intrinsics;
using SiameseGen.Kernels;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>
/// The emulated fused multiply-add against the exact one. Most random triples are easy, because one summand is far smaller than the other; so these
/// are drawn with few significant bits, which makes ties, and with exponents that bring product and summand near each other.
/// </summary>
public class VectorsTests
{
    private const int Triples = 200_000;

    private static readonly float[] Special =
    [
        0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, 1.17549421e-38f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1.00000012f, 0.99999994f, 16777216f, 16777215f, 5.960464e-8f, 2.9802322e-8f,
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_emulation_is_exact(int kind)
    {
        var random = new CounterRandom(11, CounterRandom.Purpose.Data, (uint)kind);
        Span<float> a = stackalloc float[8], b = stackalloc float[8], c = stackalloc float[8];
        for (int i = 0; i < Triples; i += 8)
        {
            for (int lane = 0; lane < 8; lane++)
                (a[lane], b[lane], c[lane]) = Draw(kind, ref random);
            AssertExact(a, b, c);
        }
    }

    [Fact]
    public void The_emulation_knows_zeros_infinities_and_what_is_no_number()
    {
        Span<float> a = stackalloc float[8], b = stackalloc float[8], c = stackalloc float[8];
        foreach (float first in Special)
        {
            foreach (float second in Special)
            {
                foreach (float third in Special)
                {
                    a.Fill(first);
                    b.Fill(second);
                    c.Fill(third);
                    AssertExact(a, b, c);
                }
            }
        }
    }

    // (1 + 2⁻¹²)² and (1 + 2⁻¹²)(1 + 3·2⁻¹²) lie in the middle between two floats, so the sign of a summand that even double loses decides.
    [Theory]
    [InlineData(1.000244140625f, 1.000244140625f, 1e-30f, 1.0004884f)]
    [InlineData(-1.000244140625f, 1.000244140625f, -1e-30f, -1.0004884f)]
    [InlineData(1.000244140625f, 1.000732421875f, -1e-30f, 1.0009767f)]
    [InlineData(-1.000244140625f, 1.000732421875f, 1e-30f, -1.0009767f)]
    public void Ties_are_decided_by_the_smallest_summand(float a, float b, float c, float expected)
    {
        Assert.NotEqual(expected, (float)(((double)a * b) + c)); // rounded twice
        Assert.Equal(expected, MathF.FusedMultiplyAdd(a, b, c));
        Assert.Equal(expected, Vectors.Emulate(Vector256.Create(a), Vector256.Create(b), Vector256.Create(c))[3]);
    }

    private static (float A, float B, float C) Draw(int kind, ref CounterRandom random)
    {
        switch (kind)
        {
            case 0: // any bits at all
                return (Bits(random.NextUInt32()), Bits(random.NextUInt32()), Bits(random.NextUInt32()));
            case 1: // usual magnitudes
                return (random.NextSingle(-2f, 2f), random.NextSingle(-2f, 2f), random.NextSingle(-2f, 2f));
            case 2: // few significant bits, so that many sums are ties or near them
                return (Short(ref random, 127, 3), Short(ref random, 127, 3), Short(ref random, 127, 60));
            case 3: // the result is subnormal or near it
                return (Short(ref random, 60, 6), Short(ref random, 64, 6), Short(ref random, 5, 5));
            default: // nearly everything cancels, and the product's last bits remain
                float a = random.NextSingle(-2f, 2f), b = random.NextSingle(-2f, 2f), c = -(a * b);
                return (a, b, BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(c) + random.NextInt32(5) - 2));
        }
    }

    // A float with few significant bits and an exponent near the given one, if a float has it.
    private static float Short(ref CounterRandom random, int exponent, int spread)
    {
        uint mantissa = random.NextUInt32() & 0x7FFFFF & (uint.MaxValue << random.NextInt32(23));
        int biased = Math.Clamp(exponent - spread + random.NextInt32((2 * spread) + 1), 0, 254);
        return Bits((random.NextUInt32() & 0x80000000) | ((uint)biased << 23) | mantissa);
    }

    private static float Bits(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    private static void AssertExact(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c)
    {
        Vector256<float> x = Vector256.Create(a), y = Vector256.Create(b), z = Vector256.Create(c);
        Vector256<float> emulated = Vectors.Emulate(x, y, z), fused = Vectors.MultiplyAdd(x, y, z);
        for (int lane = 0; lane < 8; lane++)
        {
            float expected = MathF.FusedMultiplyAdd(a[lane], b[lane], c[lane]);
            if (!Same(expected, emulated[lane]) || !Same(expected, fused[lane]))
                Assert.Fail($"{a[lane]:R} * {b[lane]:R} + {c[lane]:R} is {expected:R}; emulated {emulated[lane]:R}, fused {fused[lane]:R}.");
        }
    }

    // What is no number has many bit patterns; all others have to be equal to the bit, zeros' signs included.
    private static bool Same(float expected, float actual) =>
        float.IsNaN(expected) ? float.IsNaN(actual) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual);
}
