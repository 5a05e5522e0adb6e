using SiameseGen.Persistence;
using SiameseGen.Sampling;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Models.Tests;

public class PersistenceTests
{
    [Fact]
    public void A_saved_file_gives_back_every_bit_and_the_same_file()
    {
        using var folder = new TemporaryFolder();
        var encoder = new SmallPatches(seed: 1);
        TrainedBits.Of(encoder, 2, BatchStructure.Pairs);
        float[] input = new float[SmallPatches.Info.Input.Length];
        input[5] = 0.7f;
        encoder.Save(folder.File("a.safetensors"));

        SmallPatches loaded = SmallPatches.Load(folder.File("a.safetensors"));
        loaded.Save(folder.File("b.safetensors"));

        Assert.Equal(encoder.Parameters.Values.ToArray(), loaded.Parameters.Values.ToArray());
        Assert.Equal(encoder.Embed(input), loaded.Embed(input));
        Assert.NotEqual(new SmallPatches(seed: 1).Embed(input), loaded.Embed(input));
        Assert.Equal(File.ReadAllBytes(folder.File("a.safetensors")), File.ReadAllBytes(folder.File("b.safetensors")));
    }

    [Fact]
    public void Weights_of_another_architecture_are_refused()
    {
        using var folder = new TemporaryFolder();
        new SmallPatches().Save(folder.File("patches.safetensors"));
        WeightsFormatException otherModel = Assert.Throws<WeightsFormatException>(() => SmallGlyphs.Load(folder.File("patches.safetensors")));
        Assert.Contains("patches.safetensors", otherModel.Message, StringComparison.Ordinal);

        // The same tensors of the same shapes, but another activation between them.
        new PlainSigmoid().Save(folder.File("sigmoid.safetensors"));
        Assert.Throws<WeightsFormatException>(() => PlainTanh.Load(folder.File("sigmoid.safetensors")));
    }
}
