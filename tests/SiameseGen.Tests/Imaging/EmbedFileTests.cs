using SiameseGen.Imaging;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Tests.Imaging;

public class EmbedFileTests
{
    [Fact]
    public void A_file_is_embedded_as_grey_and_in_the_size_that_the_encoder_reads()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.bmp"), PictureBytes.Bmp(6, 8, (y, _) => (byte)(y < 4 ? 0 : 255) is byte shade ? (shade, shade, shade) : default));
        var encoder = new PixelEncoder(new InputShape(2, 3, 1, true));
        PixelEncoder.Embedding embedding = encoder.EmbedFile(folder.File("a.bmp")); // the type is inferred
        Assert.Equal(6, encoder.Seen.Length);
        Assert.True(encoder.Seen[0] < 40 && encoder.Seen[3] > 215);
        Assert.Equal(encoder.Seen[0], embedding.Values[0]);
    }

    [Fact]
    public void A_picture_is_embedded_in_colour_where_the_encoder_reads_colour()
    {
        var encoder = new PixelEncoder(new InputShape(1, 2, 3, true));
        encoder.EmbedPicture(new Picture(1, 2, 1, [3, 4]));
        Assert.Equal([3, 3, 3, 4, 4, 4], encoder.Seen);
    }

    [Fact]
    public void Encoders_of_features_or_of_other_channels_say_that_they_do_not_read_pictures()
    {
        var picture = new Picture(1, 2, 1, [3, 4]);
        NotSupportedException features = Assert.Throws<NotSupportedException>(() => new PixelEncoder(new InputShape(1, 1, 12, false)).EmbedPicture(picture));
        Assert.Contains("12 features", features.Message, StringComparison.Ordinal);
        NotSupportedException channels = Assert.Throws<NotSupportedException>(() => new PixelEncoder(new InputShape(4, 4, 2, true)).EmbedPicture(picture));
        Assert.Contains("2 channels", channels.Message, StringComparison.Ordinal);
    }
}
