using System.Globalization;
using SiameseGen.Compiler.Layers;
using Xunit;

namespace SiameseGen.Generator.Tests.Layers;

public class TextTests
{
    [Theory]
    [InlineData(1e-5f, "1E-05")]
    [InlineData(0.001f, "0.001")]
    [InlineData(0.1f, "0.1")]
    [InlineData(0.2f, "0.2")]
    [InlineData(1f, "1")]
    [InlineData(-0.5f, "-0.5")]
    [InlineData(1e-30f, "1E-30")]
    [InlineData(0f, "0")]
    [InlineData(1f / 3f, "0.33333334")]
    [InlineData(16777216f, "16777216")]
    [InlineData(0.100000024f, "0.100000024")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void A_number_has_the_digits_that_tell_it_from_others(float value, string text) => Assert.Equal(text, Text.Number(value));

    [Fact]
    public void There_is_one_zero() => Assert.Equal("0", Text.Number(-0f));

    [Fact]
    public void A_number_is_read_as_it_was()
    {
        Random random = new(1);
        for (int i = 0; i < 10000; i++)
        {
            float value = BitConverter.Int32BitsToSingle(random.Next(1, 0x7F800000));
            Assert.Equal(value, float.Parse(Text.Number(value), CultureInfo.InvariantCulture));
        }
    }
}
