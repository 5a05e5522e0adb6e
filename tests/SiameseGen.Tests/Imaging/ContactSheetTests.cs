using SiameseGen.Data;
using SiameseGen.Imaging;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Tests.Imaging;

public class ContactSheetTests
{
    [Fact]
    public void Rows_are_examples_and_columns_are_readings_of_them()
    {
        var shape = new InputShape(1, 2, 3, IsImage: true);
        IExampleSet examples = new AugmentedExampleSet(
            new ExampleSetBuilder(6).Add([0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f], "a").Add([1f, 1f, 1f, 2f, 0f, -1f], "b").Build(),
            (Span<float> values, ref CounterRandom random) => values[0] = random.NextSingle());
        Picture sheet = ContactSheet.Of(examples, shape, rows: 2, columns: 3, seed: 4);
        Assert.Equal((8, 14, 3), (sheet.Height, sheet.Width, sheet.Channels));
        for (int row = 0; row < 2; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                ReadOnlySpan<byte> example = sheet.Pixels.Slice(((((3 * row) + 2) * 14) + (4 * column) + 2) * 3, 6);
                var random = new CounterRandom(4, CounterRandom.Purpose.Augmentation, (uint)((3 * row) + column));
                Assert.Equal((byte)MathF.Round(255f * random.NextSingle()), example[0]);
                Assert.Equal(row == 0 ? [51, 102, 153, 204, 255] : [255, 255, 255, 0, 0], example[1..].ToArray());
            }
        }

        Assert.Equal(128, sheet.Pixels[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_saved_picture_is_loaded_as_it_was(int channels)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("sheet.png");
        var picture = new Picture(5, 7, channels, [.. Enumerable.Range(0, 35 * channels).Select(i => (byte)(7 * i))]);
        picture.Save(file);
        Picture loaded = Picture.Load(file);
        Assert.Equal((5, 7, channels), (loaded.Height, loaded.Width, loaded.Channels));
        Assert.Equal(picture.Pixels.ToArray(), loaded.Pixels.ToArray());
    }

    [Fact]
    public void What_cannot_be_shown_is_refused()
    {
        ExampleSet two = new ExampleSetBuilder(2).Add([0f, 1f], "a").Build();
        Assert.Contains("these have 2", Assert.Throws<ArgumentException>(() => ContactSheet.Of(two, new InputShape(1, 3, 1, true))).Message, StringComparison.Ordinal);
        Assert.Contains("the examples have 2", Assert.Throws<ArgumentException>(() => ContactSheet.Of(two, new InputShape(1, 1, 2, true))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => ContactSheet.Of(two, new InputShape(1, 2, 1, true), rows: 0));
    }
}
