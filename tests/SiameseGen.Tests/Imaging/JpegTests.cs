using SiameseGen.Imaging;
using Xunit;

namespace SiameseGen.Tests.Imaging;

/// <summary>Colour JPEGs with quarter-size chroma, as cameras write them: red rises by 17 a column, green by 17 a row, blue is 128.</summary>
public class JpegTests
{
    private const string Baseline =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/"
        + "2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAQABADASIAAhEBAxEB/8QA"
        + "FQABAQAAAAAAAAAAAAAAAAAABwj/xAAbEAABBAMAAAAAAAAAAAAAAAAABgcjoQIhMv/EABUBAQEAAAAAAAAAAAAAAAAAAAAB/8QAGxEAAQQDAAAAAAAAAAAA"
        + "AAAAAAUGByIxM1H/2gAMAwEAAhEDEQA/AJeSLScQ0NiQaTiGhoSDSawhobEg0m8IaKtPPNhGMg678P/Z";

    private const string Progressive =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/"
        + "2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wgARCAAQABADASIAAhEBAxEB/8QA"
        + "FQABAQAAAAAAAAAAAAAAAAAABgf/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIQAxAAAAGXNmjY/8QAFhAAAwAAAAAAAAAAAAAAAAAAAAQF/9oACAEB"
        + "AAEFAlJIpJFJIpJP/8QAFxEBAAMAAAAAAAAAAAAAAAAABgAhMv/aAAgBAwEBPwEwgzc//8QAFxEAAwEAAAAAAAAAAAAAAAAAAAQFYf/aAAgBAgEBPwF2zp//"
        + "xAAVEAEBAAAAAAAAAAAAAAAAAAAAMf/aAAgBAQAGPwKIiP/EABUQAQEAAAAAAAAAAAAAAAAAAAAx/9oACAEBAAE/IZs2bN//2gAMAwEAAgADAAAAEPv/xAAV"
        + "EQEBAAAAAAAAAAAAAAAAAAAAof/aAAgBAwEBPxCK/8QAFREBAQAAAAAAAAAAAAAAAAAAADH/2gAIAQIBAT8Qqf/EABcQAQADAAAAAAAAAAAAAAAAAAAhwfH/"
        + "2gAIAQEAAT8QxmcjqT1P/9k=";

    [Theory]
    [InlineData(Baseline)]
    [InlineData(Progressive)]
    public void Colours_are_read_to_the_loss_of_the_format(string base64)
    {
        Picture picture = Read(Convert.FromBase64String(base64));
        Assert.Equal((16, 16, 3), (picture.Height, picture.Width, picture.Channels));
        for (int i = 0; i < 256; i++)
        {
            Assert.InRange(picture.Pixels[3 * i] - (17 * (i % 16)), -12, 12);
            Assert.InRange(picture.Pixels[(3 * i) + 1] - (17 * (i / 16)), -12, 12);
            Assert.InRange(picture.Pixels[(3 * i) + 2] - 128, -12, 12);
        }
    }

    [Theory]
    [InlineData(Baseline)]
    [InlineData(Progressive)]
    public void A_picture_cut_short_anywhere_is_an_error(string base64)
    {
        byte[] whole = Convert.FromBase64String(base64);
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<ImageDataException>(() => Read(whole[..length]));
    }

    [Theory]
    [InlineData(Baseline)]
    [InlineData(Progressive)]
    public void Damage_is_an_error_or_gives_a_picture_but_nothing_else(string base64)
    {
        byte[] whole = Convert.FromBase64String(base64);
        var random = new CounterRandom(9, CounterRandom.Purpose.Data, 0);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. whole];
            for (int k = random.NextInt32(4); k >= 0; k--)
                damaged[2 + random.NextInt32(damaged.Length - 2)] = (byte)random.NextUInt32();
            try
            {
                Read(damaged);
            }
            catch (ImageDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 1900);
    }

    [Theory]
    [InlineData(Baseline, 0xC0)]
    [InlineData(Progressive, 0xC2)]
    public void A_few_bytes_that_claim_a_huge_size_are_refused_before_memory_is_asked_for(string base64, byte frame)
    {
        byte[] bomb = Convert.FromBase64String(base64);
        int start = bomb.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, frame]);
        (bomb[start + 5], bomb[start + 6], bomb[start + 7], bomb[start + 8]) = (0x20, 0, 0x20, 0); // 8192×8192
        Assert.Contains("cut short", Assert.Throws<ImageDataException>(() => Read(bomb)).Message, StringComparison.Ordinal);
    }

    private static Picture Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Picture.Load(stream, "photograph");
    }
}
