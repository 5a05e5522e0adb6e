using SiameseGen.Evaluation;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class NormalDeviateTests
{
    [Fact]
    public void The_logarithm_is_that_of_the_library()
    {
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 0);
        foreach (double value in (double[])[1, 2, 0.5, Math.Sqrt(0.5), 1e-300, 1e300, double.MaxValue, .. Enumerable.Range(0, 2000).Select(i => Math.Exp(random.NextSingle(-600, 600)))])
            Assert.Equal(Math.Log(value), DoubleLogarithm.Of(value), 1e-15 * Math.Max(1, Math.Abs(Math.Log(value))));
        Assert.Equal(0.0, DoubleLogarithm.Of(1));
    }

    // 1.96, the number of 95 % intervals, and others of printed tables.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599639845400545)]
    [InlineData(0.1, -1.2815515655446004)]
    [InlineData(0.001, -3.0902323061678132)]
    [InlineData(1e-4, -3.719016485455709)]
    [InlineData(1e-12, -7.034483825301131)]
    public void Deviates_are_those_of_tables(double probability, double expected) => Assert.Equal(expected, NormalDeviate.Of(probability), 1e-12);

    [Fact]
    public void Deviates_invert_the_distribution_function()
    {
        for (double x = -6; x <= 6; x += 0.03125)
            Assert.Equal(x, NormalDeviate.Of(Cumulative(x)), 1e-6 * Math.Exp(Math.Max(0, (x * x / 2) - 18)) + 1e-9);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (NormalDeviate.Of(0), NormalDeviate.Of(1)));
    }

    // The series x + x³/3 + x⁵/(3·5) + … times the density: all terms of one sign, and taken from the far side by symmetry.
    private static double Cumulative(double x)
    {
        double term = Math.Abs(x), sum = 0;
        for (int n = 1; term > 1e-20; n++)
        {
            sum += term;
            term *= x * x / ((2 * n) + 1);
        }

        double half = sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        return x < 0 ? 0.5 - half : 0.5 + half;
    }
}
