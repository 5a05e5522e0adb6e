using SiameseGen.Data;
using Xunit;

namespace SiameseGen.Tests.Data;

public class PixelScaleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(300)]
    public void Every_value_is_divided_by_255_wherever_it_stands(int count)
    {
        byte[] values = [.. Enumerable.Range(0, count).Select(i => (byte)(255 - i))];
        float[] scaled = [.. Enumerable.Repeat(-1f, count + 3)];
        PixelScale.Apply(values, scaled);
        Assert.Equal(values.Select(value => value / 255f), scaled.Take(count));
        Assert.Equal([-1f, -1f, -1f], scaled[count..]);
    }

    [Fact]
    public void Too_little_room_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => PixelScale.Apply(new byte[17], new float[16]));
}
