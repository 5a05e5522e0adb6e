using SiameseGen.Optimization;
using Xunit;

namespace SiameseGen.Tests.Optimization;

public class LearningRateScheduleTests
{
    [Fact]
    public void Cosine_falls_from_the_full_rate_to_the_floor_as_the_cosine_does()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Cosine(0.1f);
        for (int step = 0; step <= 1000; step++)
            Assert.Equal(0.1 + (0.9 * (1 + Math.Cos(Math.PI * step / 1000)) / 2), schedule.Share(step, 1000), 1e-6);
        Assert.Equal(1f, schedule.Share(0, 1000));
        Assert.Equal(0.1f, schedule.Share(1000, 1000));
    }

    [Fact]
    public void Steps_multiply_the_rate_at_equal_intervals()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Step(10, 0.5f);
        Assert.Equal([1f, 1f, 0.5f, 0.25f], new[] { 0, 9, 10, 29 }.Select(step => schedule.Share(step, 100)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cosine(1.5f));
    }

    [Fact]
    public void Warm_up_rises_linearly_and_the_schedule_begins_after_it()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Cosine();
        Assert.Equal([0.25f, 0.5f, 0.75f, 1f, 1f], Enumerable.Range(0, 5).Select(step => schedule.Share(step, 104, 4)));
        Assert.Equal(0.5f, schedule.Share(54, 104, 4), 1e-6f);
        Assert.Equal(1f, LearningRateSchedule.Constant.Share(0, 10, 0));
    }

    [Fact]
    public void An_average_of_weights_trails_them_and_exchanges_with_them()
    {
        var encoder = new Training.DenseEncoder<Training.DeclaredTriplet>(1);
        Span<float> values = encoder.Parameters.Values;
        values.Fill(1f);
        var average = new WeightAverage(encoder.Parameters, 0.9f);
        values.Fill(2f);
        double expected = 1;
        for (int update = 1; update <= 200; update++)
        {
            average.Add(update, 0, values);
            expected += (1 - Math.Min(0.9, (1.0 + update) / (10 + update))) * (2 - expected);
            Assert.Equal(expected, average.Values[^1], 1e-5);
        }

        float trailing = average.Values[3];
        int version = encoder.Parameters.Version;
        average.Exchange(encoder.Parameters);
        Assert.Equal((trailing, 2f), (encoder.Parameters.Values[3], average.Values[3]));
        Assert.NotEqual(version, encoder.Parameters.Version);
    }
}
