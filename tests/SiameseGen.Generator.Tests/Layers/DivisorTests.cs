using SiameseGen.Compiler.Model;
using Xunit;

namespace SiameseGen.Generator.Tests.Layers;

public class DivisorTests
{
    [Theory]
    [InlineData(12, 5, "4 or 6")]
    [InlineData(12, 7, "6")]
    [InlineData(12, 13, "12")]
    [InlineData(7, 3, "1")]
    [InlineData(30, 4, "3 or 5")]
    public void The_nearest_numbers_that_divide_the_channels_are_named(int channels, int groups, string nearest)
    {
        Problem problem = Compiled.Problem($"[Features({channels}), GroupNorm({groups})]");
        Assert.Equal(ProblemIds.NotDivisible, problem.Id);
        Assert.Equal(nearest, problem.Arguments[3]);
    }
}
