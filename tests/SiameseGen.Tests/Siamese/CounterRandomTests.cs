using Xunit;

namespace SiameseGen.Tests.Siamese;

public class CounterRandomTests
{
    [Fact]
    public void First_block_of_a_zero_key_and_counter_is_the_published_one()
    {
        // Known-answer test of Random123: philox4x32-10 of counter 0, key 0.
        var random = new CounterRandom(0, CounterRandom.Purpose.Initialization, 0);
        Assert.Equal(0x6627e8d5u, random.NextUInt32());
        Assert.Equal(0xe169c58du, random.NextUInt32());
        Assert.Equal(0xbc57ac4cu, random.NextUInt32());
        Assert.Equal(0x9b00dbd8u, random.NextUInt32());
    }

    [Fact]
    public void Sequences_of_different_purpose_step_or_index_differ()
    {
        uint first = new CounterRandom(1, CounterRandom.Purpose.Sampling, 2, 3).NextUInt32();
        Assert.NotEqual(first, new CounterRandom(1, CounterRandom.Purpose.Dropout, 2, 3).NextUInt32());
        Assert.NotEqual(first, new CounterRandom(1, CounterRandom.Purpose.Sampling, 3, 3).NextUInt32());
        Assert.NotEqual(first, new CounterRandom(1, CounterRandom.Purpose.Sampling, 2, 4).NextUInt32());
        Assert.NotEqual(first, new CounterRandom(2, CounterRandom.Purpose.Sampling, 2, 3).NextUInt32());
    }

    [Fact]
    public void Integers_cover_their_range_evenly()
    {
        var random = new CounterRandom(7, CounterRandom.Purpose.Data, 0);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++)
            counts[random.NextInt32(10)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Gaussian_numbers_have_mean_zero_and_variance_one()
    {
        var random = new CounterRandom(7, CounterRandom.Purpose.Data, 1);
        double sum = 0, squares = 0;
        for (int i = 0; i < 100_000; i++)
        {
            double value = random.NextGaussian();
            sum += value;
            squares += value * value;
        }

        Assert.InRange(sum / 100_000, -0.02, 0.02);
        Assert.InRange(squares / 100_000, 0.98, 1.02);
    }
}
