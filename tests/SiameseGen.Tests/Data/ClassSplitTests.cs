using SiameseGen.Data;
using SiameseGen.Tests.Training;
using Xunit;

namespace SiameseGen.Tests.Data;

public class ClassSplitTests
{
    [Fact]
    public void Every_example_is_on_one_side_and_every_class_too()
    {
        ExampleSet set = Alphabets(6, 5, 3);
        (ExampleSet training, ExampleSet validation) = ClassSplit.ByClass(set, 0.2, seed: 3);
        Assert.Equal(24, training.ClassNames.Count);
        Assert.Equal(6, validation.ClassNames.Count);
        Assert.Equal(72, training.Count);
        Assert.Equal(18, validation.Count);
        Assert.Equal(set.ClassNames.Order(StringComparer.Ordinal), training.ClassNames.Concat(validation.ClassNames).Order(StringComparer.Ordinal));
        ClassSplit.EnsureDisjoint(training, validation);
    }

    [Fact]
    public void Groups_stay_whole()
    {
        ClassSplit split = ClassSplit.ByGroup(Alphabets(6, 5, 3), 1 / 3.0, seed: 3);
        Assert.Equal(4, split.Training.GroupNames.Count);
        Assert.Equal(2, split.Validation.GroupNames.Count);
        Assert.Empty(split.Training.GroupNames.Intersect(split.Validation.GroupNames));
        Assert.Equal(10, split.Validation.ClassNames.Count);
    }

    [Fact]
    public void The_seed_decides_and_the_order_of_the_examples_does_not()
    {
        ExampleSet set = Alphabets(6, 5, 3);
        ExampleSet backwards = Alphabets(6, 5, 3, backwards: true);
        string[] Validated(ExampleSet examples, int seed) => [.. ClassSplit.ByClass(examples, 0.2, seed).Validation.ClassNames.Order(StringComparer.Ordinal)];
        Assert.NotEqual(set.ClassNames, backwards.ClassNames);
        Assert.Equal(Validated(set, 3), Validated(backwards, 3));
        Assert.NotEqual(Validated(set, 3), Validated(set, 4));
    }

    [Fact]
    public void Names_are_of_classes_or_of_groups()
    {
        ExampleSet set = Alphabets(3, 2, 2);
        ClassSplit split = ClassSplit.ByNames(set, "alphabet1", "alphabet0/letter1");
        Assert.Equal(["alphabet0/letter1", "alphabet1/letter0", "alphabet1/letter1"], split.Validation.ClassNames);
        Assert.Equal(3, split.Training.ClassNames.Count);
        Assert.Contains("'letter1'", Assert.Throws<ArgumentException>(() => ClassSplit.ByNames(set, "letter1")).Message, StringComparison.Ordinal);
        Assert.Contains("6 of 6", Assert.Throws<ArgumentException>(() => ClassSplit.ByNames(set, "alphabet0", "alphabet1", "alphabet2")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ClassSplit.ByNames(set));
    }

    [Fact]
    public void A_share_that_leaves_a_side_empty_is_refused()
    {
        ExampleSet set = Alphabets(2, 2, 2);
        Assert.Contains("4 classes is 0", Assert.Throws<ArgumentException>(() => ClassSplit.ByClass(set, 0.1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("2 groups is 2", Assert.Throws<ArgumentException>(() => ClassSplit.ByGroup(set, 0.9, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassSplit.ByClass(set, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassSplit.ByClass(set, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassSplit.ByClass(set, double.NaN, 1));
        ExampleSet without = new ExampleSetBuilder(1).Add([0], "a").Add([0], "b").Build();
        Assert.Contains("no groups", Assert.Throws<ArgumentException>(() => ClassSplit.ByGroup(without, 0.5, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_in_common_are_named()
    {
        ExampleSet set = Alphabets(2, 8, 1);
        ExampleSet training = set.Select(0, 1, 2), validation = set.Select(2, 3);
        ArgumentException one = Assert.Throws<ArgumentException>(() => ClassSplit.EnsureDisjoint(training, validation));
        Assert.Contains("a class in common: 'alphabet0/letter2'.", one.Message, StringComparison.Ordinal);
        ArgumentException many = Assert.Throws<ArgumentException>(() => ClassSplit.EnsureDisjoint(set, Alphabets(1, 8, 1)));
        Assert.Contains("8 classes in common", many.Message, StringComparison.Ordinal);
        Assert.Contains("and 3 more", many.Message, StringComparison.Ordinal);
        Assert.Contains("the same set", Assert.Throws<ArgumentException>(() => ClassSplit.EnsureDisjoint(set, set)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_with_a_class_on_both_sides_cannot_be_made()
    {
        ExampleSet set = Alphabets(2, 2, 1);
        Assert.Contains("the same set", Assert.Throws<ArgumentException>(() => new ClassSplit(set, set)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ClassSplit(set.Select(0, 1), set.Select(1, 2)));
        Assert.Equal(2, new ClassSplit(set.Select(0, 1), set.Select(2, 3)).Validation.Count);
    }

    [Fact]
    public void A_set_without_names_is_known_again_when_it_is_augmented()
    {
        var set = new Clusters(2, 2);
        var augmented = new AugmentedExampleSet(new AugmentedExampleSet(set, Nothing), Nothing);
        Assert.Throws<ArgumentException>(() => ClassSplit.EnsureDisjoint(augmented, set));
        Assert.Throws<ArgumentException>(() => ClassSplit.EnsureDisjoint(set, augmented));
        ClassSplit.EnsureDisjoint(augmented, new Clusters(2, 2));

        static void Nothing(Span<float> values, ref CounterRandom random)
        {
        }
    }

    private static ExampleSet Alphabets(int groups, int classes, int perClass, bool backwards = false)
    {
        var builder = new ExampleSetBuilder(1);
        for (int at = 0; at < groups * classes * perClass; at++)
        {
            int i = backwards ? (groups * classes * perClass) - 1 - at : at;
            builder.Add([(byte)i], $"letter{i / perClass % classes}", $"alphabet{i / perClass / classes}");
        }

        return builder.Build();
    }
}
