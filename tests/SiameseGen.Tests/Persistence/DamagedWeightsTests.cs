using SiameseGen.Persistence;
using Xunit;

namespace SiameseGen.Tests.Persistence;

/// <summary>Whatever is wrong with a file, its weights are refused as a whole and the message says what it is.</summary>
public sealed class DamagedWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"dense1.weight\"", "\"dense2.weight\"", "'dense1.weight' of shape [2, 3]")]
    [InlineData("\"dense1.weight\"", "\"dense2.weight\"", "'dense2.weight', which GlyphEncoder has not")]
    [InlineData("\"batchnorm1.shift\"", "\"batchnorm1.gain\"", "'batchnorm1.gain' is there twice")]
    [InlineData("[2,3]", "[3,2]", "'dense1.weight' has shape [3, 2]; in GlyphEncoder it is [2, 3]")]
    [InlineData("[2,3]", "[6]", "has shape [6]")]
    [InlineData("[2,3]", "[2,3,1]", "has shape [2, 3, 1]")]
    [InlineData("[2,3]", "[9223372036854775807,3]", "has shape [9223372036854775807, 3]")]
    [InlineData("[2,3]", "[92233720368547758070,3]", "not 0 or more")]
    [InlineData("[2,3]", "[2,-3]", "not 0 or more")]
    [InlineData("[2,3]", "[2,3.5]", "not 0 or more")]
    [InlineData("[2,3]", "[2,[3]]", "other than numbers")]
    [InlineData("[2,3]", "6", "not of the form")]
    [InlineData("\"F32\",\"shape\":[2,3]", "\"F16\",\"shape\":[2,3]", "type F16")]
    [InlineData("[0,24]", "[0,20]", "bytes 0 to 20")]
    [InlineData("[0,24]", "[24,0]", "bytes 24 to 0")]
    [InlineData("[0,24]", "[0]", "two data_offsets")]
    [InlineData("[24,36]", "[12,24]", "begins at byte 12 of the data; the one before it ends at 24")]
    [InlineData("[60,72]", "[64,76]", "begins at byte 64")]
    [InlineData("[60,72]", "[48,60]", "begins at byte 48")]
    [InlineData("\"dtype\":\"F32\",\"shape\":[2,3]", "\"shape\":[2,3]", "no dtype")]
    [InlineData("\"shape\":[2,3]", "\"shape\":[2,3],\"shape\":[2,3]", "unexpected 'shape'")]
    [InlineData("\"shape\":[2,3]", "\"shape\":[2,3],\"scale\":1", "unexpected 'scale'")]
    [InlineData("{\"dense1", "{\"__metadata__\":{},\"__metadata__\":{},\"dense1", "'__metadata__' is there twice")]
    [InlineData("{\"dense1", "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"},\"dense1", "'a' is there twice")]
    [InlineData("{\"dense1", "{\"__metadata__\":{\"a\":1},\"dense1", "'a' is not of the form")]
    [InlineData("{\"dense1", "{\"__metadata__\":{\"a\":\"\\uD800\"},\"dense1", "not valid Unicode")]
    [InlineData("{\"dense1", "{\"__metadata__\":{\"siamesegen.format\":\"2\"},\"dense1", "format '2'")]
    [InlineData("{\"dense1", "{\"__metadata__\":{\"siamesegen.format\":\"1\"},\"dense1", "not 'siamesegen.encoder'")]
    [InlineData("{\"dense1", " {\"dense1", "does not begin with '{'")]
    [InlineData("[60,72]}}", "[60,72]}} x", "header cannot be read")]
    [InlineData("[60,72]}}", "[60,72]}", "header cannot be read")]
    public void A_header_that_does_not_fit_is_refused_with_the_reason(string valid, string broken, string reason) =>
        Refused(Weights.File(Weights.PlainHeader.Replace(valid, broken, StringComparison.Ordinal)), reason);

    [Fact]
    public void Lengths_that_disagree_with_the_file_are_refused()
    {
        byte[] file = Weights.File(Weights.PlainHeader);
        Refused([], "0 bytes");
        Refused(file[..7], "7 bytes");
        Refused(file[..8], "not written to its end");
        Refused(file[..100], "not written to its end");
        Refused(file[..^1], "take 72 bytes, but 71 follow");
        Refused([.. file, 0], "take 72 bytes, but 73 follow");
        Refused([.. Enumerable.Repeat((byte)255, 8), .. file[8..]], "18446744073709551615 bytes");
        Refused([0, 0, 0, 0, 0, 0, 0, 0, .. file[8..]], "header cannot be read");
    }

    [Theory]
    [InlineData(0, float.NaN, "value 0 of tensor 'dense1.weight'")]
    [InlineData(11, float.NegativeInfinity, "value 2 of tensor 'batchnorm1.shift'")]
    [InlineData(16, -1f, "a variance is not below 0")]
    public void Values_that_no_weight_can_have_are_refused(int index, float value, string reason)
    {
        byte[] file = Weights.File(Weights.PlainHeader);
        BitConverter.GetBytes(value).CopyTo(file, file.Length - 72 + (4 * index));
        Refused(file, reason);
    }

    [Theory]
    [InlineData("input 2\nconv2d 4; relu\nbatchnorm", "the file has 'conv2d 1', GlyphEncoder has 'conv2d 4'")]
    [InlineData("input 2", "the file has 'conv2d 1', GlyphEncoder has nothing more after 'input 2'")]
    [InlineData("input 2\nconv2d 1\nbatchnorm\nrelu", "the file has nothing more after 'batchnorm', GlyphEncoder has 'relu'")]
    [InlineData("input 2\nconv2d 1\nbatchnorm", "descriptions agree")]
    public void Weights_of_another_architecture_are_refused_with_the_first_difference(string architecture, string reason)
    {
        string path = _folder.File("other.safetensors");
        Safetensors.Save(Weights.Trained(), path);
        var parameters = new Parameters(Weights.WithArchitecture(architecture, "GlyphEncoder", 'b'), 7);
        int[] before = Weights.Bits(parameters);
        WeightsFormatException failure = Assert.Throws<WeightsFormatException>(() => Safetensors.Load(parameters, path));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("trained anew", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, Weights.Bits(parameters));
    }

    [Fact]
    public void A_changed_weight_is_noticed_by_the_checksum()
    {
        string path = _folder.File("glyphs.safetensors");
        Safetensors.Save(Weights.Trained(), path);
        byte[] file = File.ReadAllBytes(path);
        file[^72] ^= 1;
        Refused(file, "checksum");
    }

    [Fact]
    public void No_damage_at_all_gives_other_weights_or_another_exception()
    {
        string path = _folder.File("fuzzed.safetensors");
        Parameters original = Weights.Trained();
        int[] valid = Weights.Bits(original);
        Safetensors.Save(original, path);
        byte[] file = File.ReadAllBytes(path);
        var untouched = new Parameters(Weights.Info, 123);
        int[] before = Weights.Bits(untouched);
        int refused = 0;
        for (uint trial = 0; trial < 2000; trial++)
        {
            var random = new CounterRandom(17, CounterRandom.Purpose.Data, trial);
            File.WriteAllBytes(path, Damaged(file, ref random));
            var parameters = new Parameters(Weights.Info, 123);
            try
            {
                Safetensors.Load(parameters, path);
                Assert.Equal(valid, Weights.Bits(parameters));
            }
            catch (WeightsFormatException)
            {
                refused++;
                Assert.Equal(before, Weights.Bits(parameters));
                Assert.Equal(untouched.Version, parameters.Version);
            }
        }

        Assert.InRange(refused, 1500, 2000);
    }

    private static byte[] Damaged(byte[] file, ref CounterRandom random)
    {
        List<byte> bytes = [.. file];
        for (int change = random.NextInt32(4); change >= 0 && bytes.Count > 0; change--)
        {
            int at = random.NextInt32(bytes.Count);
            switch (random.NextInt32(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.NextInt32(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.NextInt32(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.NextInt32(9)));
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.NextInt32(256));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(random.NextInt32(bytes.Count), 1));
                    break;
            }
        }

        return [.. bytes];
    }

    private void Refused(byte[] file, string reason)
    {
        string path = _folder.File("broken.safetensors");
        File.WriteAllBytes(path, file);
        var parameters = new Parameters(Weights.Info, 7);
        int[] before = Weights.Bits(parameters);
        int version = parameters.Version;
        WeightsFormatException failure = Assert.Throws<WeightsFormatException>(() => Safetensors.Load(parameters, path));
        Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, Weights.Bits(parameters));
        Assert.Equal(version, parameters.Version);
    }
}
