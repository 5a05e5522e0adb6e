using System.Runtime.Intrinsics;
using SiameseGen.Kernels;
using Xunit;

namespace SiameseGen.Tests.Kernels;

public class ExponentialTests
{
    [Fact]
    public void Exponentials_are_within_one_unit_in_the_last_place() =>
        AssertAccurate(x => Exponential.Exp(x), Math.Exp, -103.5f, 88.7f, 1.0);

    [Fact]
    public void Logistic_functions_are_within_two_and_a_half_units_in_the_last_place() =>
        AssertAccurate(x => Exponential.Sigmoid(x), x => 1 / (1 + Math.Exp(-x)), -103f, 40f, 2.5);

    [Fact]
    public void Hyperbolic_tangents_are_within_two_units_in_the_last_place() =>
        AssertAccurate(x => Exponential.Tanh(x), Math.Tanh, -20f, 20f, 2.0);

    [Fact]
    public void Exponentials_less_one_are_within_two_units_in_the_last_place() =>
        AssertAccurate(x => Exponential.MinusOne(-Vector256.Abs(x)), x => 2 * Math.Exp(-Math.Abs(x) / 2) * Math.Sinh(-Math.Abs(x) / 2), -19f, 0f, 2.0);

    [Fact]
    public void Logarithms_are_within_two_units_in_the_last_place()
    {
        AssertAccurate(x => Logarithm.OnePlus(x), x => 2 * Math.Atanh(x / (2 + x)), -0f, 1f, 2.0);
        AssertAccurate(x => Logarithm.Log(Vector256.Max(x, Vector256.Create(1e-30f))), x => Math.Log(Math.Max(x, 1e-30f)), -0f, 3e38f, 2.0);
    }

    [Fact]
    public void The_normal_distribution_is_accurate_to_its_far_tail()
    {
        for (float x = -12f; x <= 12f; x += 1f / 64)
        {
            double exact = Reference.GELUReference.Cumulative(x);
            Assert.Equal(1, StandardNormal.Cumulative(Vector256.Create(x))[0] / exact, x < -1 ? 2e-5 : 4e-7);
            Assert.Equal(1, StandardNormal.Density(Vector256.Create(x))[0] * Math.Sqrt(2 * Math.PI) / Math.Exp(-(double)x * x / 2), 2e-5);
        }
    }

    [Fact]
    public void Functions_saturate_and_pass_on_what_is_not_a_number()
    {
        AssertValues(x => Exponential.Exp(x), (0f, 1f), (-0f, 1f), (1000f, float.PositiveInfinity), (float.PositiveInfinity, float.PositiveInfinity),
            (-1000f, 0f), (float.NegativeInfinity, 0f), (float.MaxValue, float.PositiveInfinity), (float.MinValue, 0f), (float.NaN, float.NaN));
        AssertValues(x => Exponential.MinusOne(x), (0f, 0f), (5f, 0f), (-30f, -1f), (float.NegativeInfinity, -1f), (float.NaN, float.NaN));
        AssertValues(x => StandardNormal.Cumulative(x), (20f, 1f), (-20f, 0f), (float.PositiveInfinity, 1f), (float.NaN, float.NaN));
        AssertValues(x => Exponential.Sigmoid(x), (0f, 0.5f), (40f, 1f), (1000f, 1f), (-1000f, 0f), (float.PositiveInfinity, 1f),
            (float.NegativeInfinity, 0f), (float.MaxValue, 1f), (float.MinValue, 0f), (float.NaN, float.NaN));
        AssertValues(x => Exponential.Tanh(x), (0f, 0f), (-0f, -0f), (20f, 1f), (-20f, -1f), (float.PositiveInfinity, 1f),
            (float.NegativeInfinity, -1f), (float.MaxValue, 1f), (float.MinValue, -1f), (float.Epsilon, float.Epsilon), (float.NaN, float.NaN));
    }

    [Fact]
    public void Functions_rise_towards_both_ends_and_never_leave_their_range()
    {
        AssertRising(x => Exponential.Exp(x), -110f, -80f, 0f, float.PositiveInfinity);
        AssertRising(x => Exponential.Exp(x), 80f, 100f, 0f, float.PositiveInfinity);
        AssertRising(x => Exponential.Sigmoid(x), -110f, 110f, 0f, 1f);
        AssertRising(x => Exponential.Tanh(x), -30f, 30f, -1f, 1f);
    }

    private static void AssertAccurate(Func<Vector256<float>, Vector256<float>> function, Func<double, double> exact, float low, float high, double units)
    {
        double worst = 0;
        float at = 0;
        foreach (float x in Floats(low, high))
        {
            float value = function(Vector256.Create(x))[0];
            double expected = exact(x);
            double error = Math.Abs(value - expected) / Unit((float)expected);
            if (!(error <= worst))
                (worst, at) = (error, x);
        }

        Assert.True(worst <= units, $"Wrong by {worst:F3} units at {at:R}.");
    }

    // Steps wide enough that the functions' rise exceeds a rounding error.
    private static void AssertRising(Func<Vector256<float>, Vector256<float>> function, float low, float high, float smallest, float largest)
    {
        float last = smallest;
        for (float x = low; x <= high; x += 1f / 256)
        {
            float value = function(Vector256.Create(x))[0];
            Assert.InRange(value, last, largest);
            last = value;
        }
    }

    private static void AssertValues(Func<Vector256<float>, Vector256<float>> function, params (float Argument, float Value)[] cases)
    {
        foreach ((float argument, float value) in cases)
        {
            float result = function(Vector256.Create(argument))[0];
            Assert.Equal(value, result);
            Assert.True(float.IsNaN(value) || float.IsNegative(value) == float.IsNegative(result));
        }
    }

    // Every 1009th float, so that each exponent has thousands.
    private static IEnumerable<float> Floats(float low, float high)
    {
        const int stride = 1009;
        for (int bits = 0; bits < BitConverter.SingleToInt32Bits(high); bits += stride)
            yield return BitConverter.Int32BitsToSingle(bits);
        for (int bits = 0; bits < BitConverter.SingleToInt32Bits(-low); bits += stride)
            yield return -BitConverter.Int32BitsToSingle(bits);
    }

    private static double Unit(float value) => Math.Max(MathF.BitIncrement(MathF.Abs(value)) - MathF.Abs(value), float.Epsilon);
}
