namespace SiameseGen.Data;

/// <summary>
/// Four sets of which no two have an identity (a class: a person, a product, a letter) in common: to learn from, to choose the best weights by, to choose a threshold by, and to be judged by. Each is spoilt for the purposes after its own, so that an
/// overlap is an error.
/// </summary>
/// <remarks>The same names, shares and seed always give the same split, whatever the order of the examples.</remarks>
/// <param name="Training">The examples to learn from.</param>
/// <param name="Validation">The examples to choose weights and settings by.</param>
/// <param name="Calibration">The examples to choose a threshold by.</param>
/// <param name="Test">The examples to be judged by, once.</param>
/// <exception cref="ArgumentException">Two of the sets have an identity in common; the message names it.</exception>
public sealed record IdentitySplit(ExampleSet Training, ExampleSet Validation, ExampleSet Calibration, ExampleSet Test)
{
    /// <summary>The examples to learn from.</summary>
    public ExampleSet Training { get; } = Disjoint(Training, Validation, Calibration, Test);

    /// <summary>The examples to choose weights and settings by.</summary>
    public ExampleSet Validation { get; } = Validation;

    /// <summary>The examples to choose a threshold by.</summary>
    public ExampleSet Calibration { get; } = Calibration;

    /// <summary>The examples to be judged by, once.</summary>
    public ExampleSet Test { get; } = Test;

    /// <summary>Splits by classes drawn at random.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="validation">The share of the classes to validate with, above 0; rounded to whole classes.</param>
    /// <param name="calibration">The share to calibrate with, likewise.</param>
    /// <param name="test">The share to test with, likewise. What the three leave is trained on.</param>
    /// <param name="seed">The seed of the drawing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is not above 0, or together they are not below 1.</exception>
    /// <exception cref="ArgumentException">The shares leave a set without a class.</exception>
    public static IdentitySplit ByClass(ExampleSet examples, double validation, double calibration, double test, int seed)
    {
        ArgumentNullException.ThrowIfNull(examples);
        Dictionary<string, int> part = Draw(examples.ClassNames, [validation, calibration, test], seed, "classes");
        return Split(examples, number => part[examples.ClassNames[number]]);
    }

    /// <summary>Splits by whole groups drawn at random, such as alphabets or families.</summary>
    /// <param name="examples">Examples with groups.</param>
    /// <param name="validation">The share of the groups to validate with, above 0; rounded to whole groups.</param>
    /// <param name="calibration">The share to calibrate with, likewise.</param>
    /// <param name="test">The share to test with, likewise. What the three leave is trained on.</param>
    /// <param name="seed">The seed of the drawing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is not above 0, or together they are not below 1.</exception>
    /// <exception cref="ArgumentException">The examples have no groups, or the shares leave a set without a group.</exception>
    public static IdentitySplit ByGroup(ExampleSet examples, double validation, double calibration, double test, int seed)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.GroupNames.Count == 0)
            throw new ArgumentException("The examples have no groups. Split them by class, or give each a group.", nameof(examples));
        Dictionary<string, int> part = Draw(examples.GroupNames, [validation, calibration, test], seed, "groups");
        int[] groupOf = new int[examples.ClassNames.Count];
        for (int i = 0; i < examples.Count; i++)
            groupOf[examples.Classes[i]] = examples.Groups[i];
        return Split(examples, number => part[examples.GroupNames[groupOf[number]]]);
    }

    private static ExampleSet Disjoint(ExampleSet training, ExampleSet validation, ExampleSet calibration, ExampleSet test)
    {
        (string Name, ExampleSet Set)[] all = [("training", training), ("validation", validation), ("calibration", calibration), ("test", test)];
        for (int later = 1; later < all.Length; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
                ClassSplit.EnsureNothingInCommon(all[earlier].Set, all[later].Set, all[earlier].Name, all[later].Name, all[later].Name);
        }

        return training;
    }

    // Which of the three each name is drawn for; 3 for training.
    private static Dictionary<string, int> Draw(IReadOnlyList<string> names, double[] shares, int seed, string what)
    {
        if (!Array.TrueForAll(shares, share => share > 0) || !(shares.Sum() < 1))
            throw new ArgumentOutOfRangeException(nameof(shares), string.Join(", ", shares), "The shares to validate, calibrate and test with are above 0 each and below 1 together.");
        int[] counts = [.. shares.Select(share => (int)Math.Round(share * names.Count, MidpointRounding.AwayFromZero))];
        if (counts.Contains(0) || counts.Sum() >= names.Count)
        {
            throw new ArgumentException(
                $"Shares of {string.Join(", ", shares)} of {names.Count} {what} are {string.Join(", ", counts)}, which leaves a set without any. Choose other shares, or more {what}.", nameof(shares));
        }

        // In order of names first, so that the order of the examples does not matter.
        string[] order = [.. names.Order(StringComparer.Ordinal)];
        new CounterRandom((ulong)(uint)seed, CounterRandom.Purpose.Data, 1).Shuffle<string>(order);
        var parts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < order.Length; i++)
            parts[order[i]] = i < counts[0] ? 0 : i < counts[0] + counts[1] ? 1 : i < counts.Sum() ? 2 : 3;
        return parts;
    }

    private static IdentitySplit Split(ExampleSet examples, Func<int, int> partOf)
    {
        ILookup<int, int> parts = Enumerable.Range(0, examples.ClassNames.Count).ToLookup(partOf);
        return new IdentitySplit(examples.Select(parts[3]), examples.Select(parts[0]), examples.Select(parts[1]), examples.Select(parts[2]));
    }
}
