using SiameseGen.Data;
using SiameseGen.Tests.Training;
using Xunit;

namespace SiameseGen.Tests.Data;

public class ExampleSetTests
{
    [Fact]
    public void Bytes_are_scaled_to_what_an_encoder_makes_of_them()
    {
        byte[] pixels = [.. Enumerable.Range(0, 12).Select(i => (byte)(i * 23))];
        ExampleSet set = new ExampleSetBuilder(12).Add(pixels, "a").Build();
        var encoder = new DenseEncoder<DeclaredTriplet>(1);
        float[] fromSet = new float[5], fromBytes = new float[5];
        encoder.Embed(Read(set, 0), fromSet);
        encoder.Engine.Embed(pixels, fromBytes);
        Assert.Equal(fromBytes, fromSet);

        byte[] every = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Assert.Equal(every.Select(value => value / 255f), Read(new ExampleSetBuilder(256).Add(every, "a").Build(), 0));
    }

    [Fact]
    public void Floats_are_taken_as_they_are_and_copied()
    {
        float[] values = [0.1f, -3f];
        ExampleSet set = new ExampleSetBuilder(2).Add(values, "a").Build();
        values[0] = 9f;
        Assert.Equal([0.1f, -3f], Read(set, 0));
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 0);
        Assert.Throws<ArgumentException>(() => set.Read(0, new float[3], ref random));
        Assert.Throws<IndexOutOfRangeException>(() => set.Read(1, new float[2], ref random));
    }

    [Fact]
    public void Classes_of_one_name_in_two_groups_are_two_classes()
    {
        ExampleSet set = Alphabets();
        Assert.Equal(["Greek/alpha", "Greek/beta", "Latin/alpha", "Latin/c"], set.ClassNames);
        Assert.Equal(["Greek", "Latin"], set.GroupNames);
        Assert.Equal([0, 1, 2, 0, 3], set.Classes.ToArray());
        Assert.Equal([0, 0, 1, 0, 1], set.Groups.ToArray());
        Assert.Equal(2, set.ClassNumber("Latin/alpha"));
        Assert.Equal(-1, set.ClassNumber("alpha"));
    }

    [Fact]
    public void A_subset_numbers_what_it_has_anew_and_keeps_names_and_inputs()
    {
        ExampleSet subset = Alphabets().Subset([4, 2]);
        Assert.Equal(["Latin/alpha", "Latin/c"], subset.ClassNames);
        Assert.Equal(["Latin"], subset.GroupNames);
        Assert.Equal([1, 0], subset.Classes.ToArray());
        Assert.Equal([0, 0], subset.Groups.ToArray());
        Assert.Equal([4 / 255f], Read(subset, 0));
        Assert.Equal([2 / 255f], Read(subset, 1));

        ExampleSet selected = Alphabets().Select("Latin/c", "Greek/alpha");
        Assert.Equal(["Greek/alpha", "Latin/c"], selected.ClassNames);
        Assert.Equal([0, 0, 1], selected.Classes.ToArray());
        Assert.Equal(["Greek", "Latin"], selected.GroupNames);
        Assert.Equal(selected.ClassNames, Alphabets().Select(0, 3).ClassNames);
    }

    [Fact]
    public void What_is_wrong_with_an_example_is_said_when_it_is_added()
    {
        var bytes = new ExampleSetBuilder(2).Add([1, 2], "a");
        Assert.Contains("example 1 has 3", Assert.Throws<ArgumentException>(() => bytes.Add([1, 2, 3], "a")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => bytes.Add([1f, 2f], "a"));
        Assert.Throws<ArgumentException>(() => bytes.Add([1, 2], ""));
        Assert.Contains("'b', has a group", Assert.Throws<ArgumentException>(() => bytes.Add([1, 2], "b", "g")).Message, StringComparison.Ordinal);
        Assert.Equal(1, bytes.Build().Count);

        var floats = new ExampleSetBuilder(1).Add([1f], "b/c", "a");
        Assert.Contains("Value 0 of example 1 is NaN", Assert.Throws<ArgumentException>(() => floats.Add([float.NaN], "b", "a")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => floats.Add([1f], "b"));
        Assert.Contains("two classes", Assert.Throws<ArgumentException>(() => floats.Add([1f], "c", "a/b")).Message, StringComparison.Ordinal);
        Assert.Equal(["a"], floats.Build().GroupNames);

        Assert.Throws<InvalidOperationException>(() => new ExampleSetBuilder(1).Build());
        ExampleSet set = Alphabets();
        Assert.Throws<ArgumentException>(() => set.Subset([]));
        Assert.Throws<ArgumentException>(() => set.Subset([1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Subset([5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Select(4));
        Assert.Contains("'Greek/gamma'", Assert.Throws<ArgumentException>(() => set.Select("Greek/gamma")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Augmentation_depends_on_the_numbers_it_is_handed_alone()
    {
        var augmented = new AugmentedExampleSet(Alphabets(), (Span<float> values, ref CounterRandom random) => values[0] += random.NextSingle());
        float[] first = Read(augmented, 3), again = Read(augmented, 3), other = Read(augmented, 3, step: 1);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.InRange(first[0], 3 / 255f, (3 / 255f) + 1f);
        Assert.Equal(Alphabets().ClassNames, augmented.ClassNames);
    }

    private static ExampleSet Alphabets() => new ExampleSetBuilder(1)
        .Add([0], "alpha", "Greek").Add([1], "beta", "Greek").Add([2], "alpha", "Latin").Add([3], "alpha", "Greek").Add([4], "c", "Latin").Build();

    private static float[] Read(IExampleSet set, int index, ulong step = 0)
    {
        float[] values = new float[set.InputLength];
        var random = new CounterRandom(1, CounterRandom.Purpose.Augmentation, 0, step);
        set.Read(index, values, ref random);
        return values;
    }

    [Fact]
    public void An_input_is_read_without_any_source_of_chance()
    {
        var builder = new ExampleSetBuilder(3);
        builder.Add([1f, 2f, 3f], "a");
        builder.Add([4f, 5f, 6f], "b");
        ExampleSet set = builder.Build();
        float[] input = set.Input(1);
        Assert.Equal([4f, 5f, 6f], input);
        input[0] = 0f;
        Assert.Equal([4f, 5f, 6f], set.Input(1));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => set.Input(2));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => set.Input(-1));

        // Of a set that augments, what evaluation embeds.
        IExampleSet noisy = new AugmentedExampleSet(set, (Span<float> values, ref CounterRandom random) => values[0] = random.NextSingle());
        var random = new CounterRandom(0, CounterRandom.Purpose.Augmentation, 1);
        Assert.Equal([random.NextSingle(), 5f, 6f], noisy.Input(1));
        Assert.Equal(noisy.Input(1), noisy.Input(1));
    }
}
