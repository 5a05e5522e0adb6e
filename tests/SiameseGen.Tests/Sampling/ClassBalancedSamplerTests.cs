using SiameseGen.Data;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Sampling;

public class ClassBalancedSamplerTests
{
    public static TheoryData<int[], int, int> Shapes() => new()
    {
        { [8, 8, 8, 8, 8, 8, 8], 3, 4 },
        { [8, 8, 8, 8, 8, 8, 8], 7, 4 },
        { [7, 7, 7, 7, 7, 7, 7, 7, 7, 7], 4, 3 },
        { [5, 4, 7, 12, 1, 40], 3, 3 },
        { [5, 4, 7, 12, 1, 40], 5, 4 },
        { [2, 2, 90], 2, 2 },
        { [2, 2, 90], 3, 2 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Batches_have_P_different_classes_with_K_different_examples(int[] sizes, int classes, int perClass)
    {
        foreach (Batch batch in new ClassBalancedSampler(Labelled.OfSizes(sizes), classes, perClass, 3).Epoch(1))
        {
            Assert.Equal(classes * perClass, batch.Items.ToArray().Distinct().Count());
            for (int i = 0; i < classes; i++)
                Assert.Single(batch.Classes.Slice(i * perClass, perClass).ToArray().Distinct());
            Assert.Equal(classes, batch.Classes.ToArray().Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void An_epoch_uses_every_example_and_those_of_a_class_equally_often(int[] sizes, int classes, int perClass)
    {
        ExampleSet set = Labelled.OfSizes(sizes);
        int[] sizeOf = Labelled.Sizes(set);
        var sampler = new ClassBalancedSampler(set, classes, perClass, 3);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            int[] uses = Labelled.Counts(sampler.Epoch(epoch).SelectMany(batch => batch.Items.ToArray()), set.Count);
            for (int number = 0; number < sizeOf.Length; number++)
            {
                int[] own = [.. Enumerable.Range(0, set.Count).Where(i => set.Classes[i] == number).Select(i => uses[i])];
                if (own.Length == 1)
                {
                    Assert.Equal(0, own[0]);
                    continue;
                }

                Assert.InRange(own.Min(), 1, int.MaxValue);
                Assert.InRange(own.Max() - own.Min(), 0, 1);
            }
        }
    }

    [Theory]
    [InlineData(0, 5, 4)]
    [InlineData(0, 12, 3)]
    [InlineData(1, 5, 4)]
    [InlineData(1, 4, 4)]
    [InlineData(1, 6, 3)]
    public void Equally_large_classes_are_in_as_many_batches_as_needed_or_one_more(int groupsPerBatch, int classes, int perClass)
    {
        int[] group = Enumerable.Repeat(8, 6).ToArray();
        ExampleSet set = Labelled.OfGroups(group, [.. group, 8, 8, 8], group);
        var sampler = new ClassBalancedSampler(set, classes, perClass, 3) { GroupsPerBatch = groupsPerBatch };
        int needed = (8 + perClass - 1) / perClass;
        for (int epoch = 0; epoch < 5; epoch++)
        {
            int[] batches = Labelled.Counts(sampler.Epoch(epoch).SelectMany(batch => batch.Classes.ToArray().Distinct()), set.ClassNames.Count);
            Assert.All(batches, count => Assert.InRange(count, needed, needed + 1));
        }
    }

    [Fact]
    public void Batches_that_fit_exactly_use_every_example_exactly_once()
    {
        ExampleSet set = Labelled.OfSizes([.. Enumerable.Repeat(20, 15)]);
        var sampler = new ClassBalancedSampler(set, 5, 4, 3);
        Assert.Equal(15, sampler.BatchesPerEpoch);
        int[] uses = Labelled.Counts(sampler.Epoch(4).SelectMany(batch => batch.Items.ToArray()), set.Count);
        Assert.All(uses, count => Assert.Equal(1, count));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 6)]
    [InlineData(3, 6)]
    public void Classes_come_from_as_many_groups_as_asked_for(int groupsPerBatch, int classes)
    {
        ExampleSet set = Labelled.OfGroups([6, 6, 6, 6, 6, 6], [6, 6, 6, 6, 6, 6], [6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6], [6, 6, 6, 6, 6, 6]);
        var sampler = new ClassBalancedSampler(set, classes, 3, 3) { GroupsPerBatch = groupsPerBatch };
        foreach (Batch batch in sampler.Epoch(0))
            Assert.InRange(Groups(set, batch).Count, 1, groupsPerBatch);
        if (groupsPerBatch == 1)
            return;

        // Full batches take equal parts; the largest group's last classes are on their own when the others have none left.
        int equal = sampler.Epoch(0).Count(batch => Groups(set, batch).Values.All(count => count == classes / groupsPerBatch));
        Assert.InRange(equal, sampler.BatchesPerEpoch / 2, sampler.BatchesPerEpoch);
    }

    [Fact]
    public void A_group_with_too_few_classes_is_filled_up_from_others_and_covered_nevertheless()
    {
        ExampleSet set = Labelled.OfGroups([4, 4, 4], [4, 4, 4, 4, 4, 4, 4]);
        var sampler = new ClassBalancedSampler(set, 5, 2, 3) { GroupsPerBatch = 1 };
        List<Batch> epoch = sampler.Epoch(0);
        Assert.DoesNotContain(0, Labelled.Counts(epoch.SelectMany(batch => batch.Items.ToArray()), set.Count));
        string[] mixes = [.. epoch.Select(batch => string.Join('+', Groups(set, batch).OrderBy(group => set.GroupNames[group.Key]).Select(group => group.Value)))];
        Assert.Equal(["3+2", "5"], mixes.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Any_classes_can_meet_in_a_batch()
    {
        ExampleSet set = Labelled.OfSizes(4, 4, 4, 4, 4, 4, 4);
        var sampler = new ClassBalancedSampler(set, 3, 2, 3);
        var met = new HashSet<(int, int)>();
        for (int epoch = 0; epoch < 30; epoch++)
        {
            foreach (Batch batch in sampler.Epoch(epoch))
            {
                int[] classes = [.. batch.Classes.ToArray().Distinct()];
                met.UnionWith(from a in classes from b in classes where a < b select (a, b));
            }
        }

        Assert.Equal(7 * 6 / 2, met.Count);
    }

    [Fact]
    public void Numbers_that_do_not_fit_the_set_are_refused_with_what_would()
    {
        ExampleSet set = Labelled.OfGroups([5, 4, 7], [9, 1, 8]);
        Assert.Contains("two examples or more: 5. Lower", Assert.Throws<ArgumentException>(() => new ClassBalancedSampler(set, 6, 2, 0)).Message, StringComparison.Ordinal);
        ArgumentException few = Assert.Throws<ArgumentException>(() => new ClassBalancedSampler(set, 3, 5, 0));
        Assert.Contains("5 examples a class are more than class 'group0/class1' has: 4", few.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassBalancedSampler(set, 1, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassBalancedSampler(set, 2, 1, 0));
        Assert.Contains("at most, or 0", Assert.Throws<ArgumentException>(() => new ClassBalancedSampler(set, 3, 2, 0) { GroupsPerBatch = 3 }).Message, StringComparison.Ordinal);
        Assert.Contains("multiple of 2", Assert.Throws<ArgumentException>(() => new ClassBalancedSampler(set, 3, 2, 0) { GroupsPerBatch = 2 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassBalancedSampler(set, 3, 2, 0) { GroupsPerBatch = -1 });
    }

    // For each group in a batch, how many of its classes.
    private static Dictionary<int, int> Groups(ExampleSet set, Batch batch)
    {
        var groups = new Dictionary<int, int>();
        int[] items = batch.Items.ToArray();
        foreach (IGrouping<int, int> ofClass in items.GroupBy(item => set.Classes[item]))
        {
            int group = set.Groups[ofClass.First()];
            groups[group] = groups.GetValueOrDefault(group) + 1;
        }

        return groups;
    }
}
