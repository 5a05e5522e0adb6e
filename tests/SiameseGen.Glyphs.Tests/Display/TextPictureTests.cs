using Glyphs.Display;
using Xunit;

namespace SiameseGen.Glyphs.Tests.Display;

public class TextPictureTests
{
    private const int Side = TextPicture.Side;

    [Fact]
    public void Each_pixel_is_a_dot_in_its_place()
    {
        var input = new float[Side * Side];
        input[0] = 1f;                    // ⠁
        input[(7 * Side) + 3] = 0.9f;     // ⢀ in the second line and column
        input[(27 * Side) + 26] = 0.2f;   // too faint
        string[] lines = TextPicture.Draw(input);
        Assert.Equal(TextPicture.Height, lines.Length);
        Assert.All(lines, line => Assert.Equal(TextPicture.Width, line.Length));
        Assert.Equal('⠁', lines[0][0]);
        Assert.Equal('⢀', lines[1][1]);
        Assert.Equal(2, lines.Sum(line => line.Count(character => character != '⠀')));
    }

    [Fact]
    public void Pictures_stand_side_by_side_under_their_captions()
    {
        string[] full = TextPicture.Draw([.. Enumerable.Repeat(1f, Side * Side)]);
        string[] lines = [.. TextPicture.SideBySide([("first", full), ("second", full)])];
        Assert.Equal(TextPicture.Height + 1, lines.Length);
        Assert.Equal("first           second", lines[0]);
        Assert.Equal($"{new string('⣿', 14)}  {new string('⣿', 14)}", lines[1]);
    }
}
