using SiameseGen.Data;
using Xunit;

namespace SiameseGen.Tests.Data;

public class IdentitySplitTests
{
    [Fact]
    public void Every_class_is_in_one_of_the_four_parts()
    {
        ExampleSet set = Set(40, "person ");
        IdentitySplit split = IdentitySplit.ByClass(set, validation: 0.1, calibration: 0.2, test: 0.3, seed: 5);
        ExampleSet[] parts = [split.Training, split.Validation, split.Calibration, split.Test];
        Assert.Equal([16, 4, 8, 12], parts.Select(part => part.ClassNames.Count));
        Assert.Equal(set.Count, parts.Sum(part => part.Count));
        Assert.Equal(set.ClassNames.Order(StringComparer.Ordinal), parts.SelectMany(part => part.ClassNames).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_seed_decides_and_the_order_of_the_examples_does_not()
    {
        string[] Tested(ExampleSet set, int seed) => [.. IdentitySplit.ByClass(set, 0.2, 0.2, 0.2, seed).Test.ClassNames.Order(StringComparer.Ordinal)];
        ExampleSet set = Set(20, "person "), backwards = Set(20, "person ", backwards: true);
        Assert.Equal(Tested(set, 1), Tested(backwards, 1));
        Assert.NotEqual(Tested(set, 1), Tested(set, 2));
    }

    [Fact]
    public void Groups_stay_whole()
    {
        IdentitySplit split = IdentitySplit.ByGroup(Set(40, "person ", perGroup: 4), 0.2, 0.2, 0.2, seed: 3);
        ExampleSet[] parts = [split.Training, split.Validation, split.Calibration, split.Test];
        Assert.Equal([4, 2, 2, 2], parts.Select(part => part.GroupNames.Count));
        Assert.Equal(10, parts.SelectMany(part => part.GroupNames).Distinct().Count());
        Assert.Equal([16, 8, 8, 8], parts.Select(part => part.ClassNames.Count));
    }

    [Theory]
    [InlineData(0, 1, "Training and validation")]
    [InlineData(0, 2, "Training and calibration")]
    [InlineData(0, 3, "Training and test")]
    [InlineData(1, 2, "Validation and calibration")]
    [InlineData(1, 3, "Validation and test")]
    [InlineData(2, 3, "Calibration and test")]
    public void An_identity_in_two_parts_is_an_error_that_names_it(int one, int other, string parts)
    {
        ExampleSet[] sets = [Set(3, "a"), Set(3, "b"), Set(3, "c"), Set(3, "d")];
        _ = new IdentitySplit(sets[0], sets[1], sets[2], sets[3]);
        var both = new ExampleSetBuilder(inputLength: 1);
        foreach (string name in sets[other].ClassNames.Append(sets[one].ClassNames[1]))
            both.Add([1f], name);
        sets[other] = both.Build();
        ArgumentException overlap = Assert.Throws<ArgumentException>(() => new IdentitySplit(sets[0], sets[1], sets[2], sets[3]));
        Assert.Contains($"{parts} have a class in common: '{sets[one].ClassNames[1]}'", overlap.Message, StringComparison.Ordinal);
        sets[other] = sets[one];
        Assert.Contains($"{parts} are the same set", Assert.Throws<ArgumentException>(() => new IdentitySplit(sets[0], sets[1], sets[2], sets[3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_that_leave_a_part_empty_are_refused()
    {
        ExampleSet set = Set(10, "person ");
        Assert.Contains("which leaves a set without any", Assert.Throws<ArgumentException>(() => IdentitySplit.ByClass(set, 0.01, 0.2, 0.2, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => IdentitySplit.ByClass(set, 0.3, 0.3, 0.36, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => IdentitySplit.ByClass(set, 0.5, 0.3, 0.2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => IdentitySplit.ByClass(set, 0, 0.3, 0.2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => IdentitySplit.ByClass(set, double.NaN, 0.3, 0.2, 1));
        Assert.Throws<ArgumentException>(() => IdentitySplit.ByGroup(set, 0.2, 0.2, 0.2, 1));
    }

    private static ExampleSet Set(int classes, string prefix, bool backwards = false, int perGroup = 0)
    {
        var builder = new ExampleSetBuilder(inputLength: 1);
        for (int i = 0; i < 2 * classes; i++)
        {
            int number = (backwards ? (2 * classes) - 1 - i : i) / 2;
            if (perGroup > 0)
                builder.Add([number], $"{prefix}{number}", $"group {number / perGroup}");
            else
                builder.Add([number], $"{prefix}{number}");
        }

        return builder.Build();
    }
}
