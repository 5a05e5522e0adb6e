using System.Text.Json;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Sampling;

public class BatchSequenceTests
{
    [Theory]
    [MemberData(nameof(SamplerTests.All), MemberType = typeof(SamplerTests))]
    public void A_sequence_that_is_taken_to_a_position_goes_on_with_the_batches_that_would_have_followed(string kind)
    {
        var straight = new BatchSequence(SamplerTests.Make(kind, 5));
        int batches = (2 * SamplerTests.Make(kind, 5).BatchesPerEpoch) + 1;
        for (int made = 0; made < batches; made++)
        {
            string kept = JsonSerializer.Serialize(straight.Position);
            var resumed = new BatchSequence(SamplerTests.Make(kind, 5)) { Position = JsonSerializer.Deserialize<SamplerPosition>(kept) };
            Assert.Equal(SamplerTests.Content(straight.Next()), SamplerTests.Content(resumed.Next()));
            Assert.Equal(SamplerTests.Content(straight.Next()), SamplerTests.Content(resumed.Next()));
            Assert.Equal(straight.Position, resumed.Position);
        }

        Assert.True(straight.Position.Epoch >= 4);
    }

    [Fact]
    public void A_position_of_another_sampler_is_refused()
    {
        IBatchSampler sampler = SamplerTests.Make("pairs", 5);
        var sequence = new BatchSequence(sampler);
        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Position = new SamplerPosition(0, sampler.BatchesPerEpoch));
        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Position = new SamplerPosition(-1, 0));
        Assert.Equal(default, sequence.Position);
    }

    [Fact]
    public void Later_batches_allocate_nothing()
    {
        var sequence = new BatchSequence(SamplerTests.Make("classes", 5));
        Assert.Equal(0, Allocation.Least(() => sequence.Next()));
    }
}
