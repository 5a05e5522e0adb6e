using SiameseGen.Mining;
using Xunit;

namespace SiameseGen.Tests.Mining;

public class MarksTests
{
    [Fact]
    public void Whole_vectors_and_the_rest_are_marked_by_the_same_rule()
    {
        const int Count = 75;
        var random = new CounterRandom(2, CounterRandom.Purpose.Data, 0);
        float[] one = new float[Count], other = new float[Count];
        for (int i = 0; i < Count; i++)
            (one[i], other[i]) = (random.NextSingle(0f, 2f), random.NextSingle(0f, 2f));
        one[3] = float.NaN;
        bool[] marks = new bool[Count];
        Marks.Between(one, 0.5f, -0.2f, 0.7f, marks);
        Assert.Equal(one.Select(value => value - 0.5f is > -0.2f and <= 0.7f), marks);
        Marks.Below(one, 1.1f, marks);
        Assert.Equal(one.Select(value => value < 1.1f), marks);
        Marks.Wide(one, other, 1.3f, 0.25f, marks);
        Assert.Equal(one.Zip(other, (a, b) => 1.3f > 0.25f * ((2f * ((a * a) + (b * b))) - 1.3f)), marks);
        Assert.InRange(marks.Count(mark => mark), 10, Count - 10);
    }
}
