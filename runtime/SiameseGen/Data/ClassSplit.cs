namespace SiameseGen.Data;

/// <summary>
/// Examples to learn from and examples to judge by, of classes that are never in both: an encoder is judged by how it tells apart what it has not seen.
/// </summary>
/// <remarks>
/// The same names, share and seed always give the same split, whatever the order of the examples. Split <see cref="Training"/> once more for a third part.
/// </remarks>
/// <param name="Training">The examples to learn from.</param>
/// <param name="Validation">The examples to judge by.</param>
/// <exception cref="ArgumentException">The sets have a class in common.</exception>
public sealed record ClassSplit(ExampleSet Training, ExampleSet Validation)
{
    /// <summary>The examples to learn from.</summary>
    public ExampleSet Training { get; } = Training;

    /// <summary>The examples to judge by.</summary>
    public ExampleSet Validation { get; } = Unseen(Training, Validation);

    /// <summary>Splits by classes drawn at random.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="validationShare">The share of the classes to validate with, above 0 and below 1; rounded to whole classes.</param>
    /// <param name="seed">The seed of the drawing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="validationShare"/> is not above 0 and below 1.</exception>
    /// <exception cref="ArgumentException">The share leaves one side without a class.</exception>
    public static ClassSplit ByClass(ExampleSet examples, double validationShare, int seed)
    {
        ArgumentNullException.ThrowIfNull(examples);
        HashSet<string> chosen = Draw(examples.ClassNames, validationShare, seed, "classes");
        return Split(examples, number => chosen.Contains(examples.ClassNames[number]));
    }

    /// <summary>Splits by whole groups drawn at random, such as alphabets.</summary>
    /// <param name="examples">Examples with groups.</param>
    /// <param name="validationShare">The share of the groups to validate with, above 0 and below 1; rounded to whole groups.</param>
    /// <param name="seed">The seed of the drawing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="validationShare"/> is not above 0 and below 1.</exception>
    /// <exception cref="ArgumentException">The examples have no groups, or the share leaves one side without a group.</exception>
    public static ClassSplit ByGroup(ExampleSet examples, double validationShare, int seed)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.GroupNames.Count == 0)
            throw new ArgumentException("The examples have no groups. Split them by class, or give each a group.", nameof(examples));
        HashSet<string> chosen = Draw(examples.GroupNames, validationShare, seed, "groups");
        int[] groupOf = GroupOfClasses(examples);
        return Split(examples, number => chosen.Contains(examples.GroupNames[groupOf[number]]));
    }

    /// <summary>Validates with named classes or groups and trains with the others.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="validation">Names of classes (<see cref="ExampleSet.ClassNames"/>) or of whole groups (<see cref="ExampleSet.GroupNames"/>).</param>
    /// <exception cref="ArgumentException">A name is neither a class's nor a group's, or one side is left without a class.</exception>
    public static ClassSplit ByNames(ExampleSet examples, params IEnumerable<string> validation)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(validation);
        HashSet<string> names = new(validation, StringComparer.Ordinal);
        string[] unknown = [.. names.Except(examples.ClassNames).Except(examples.GroupNames).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            throw new ArgumentException(
                $"There is no class or group {Listing.Of(unknown)}. The set has {Listing.Of([.. examples.GroupNames, .. examples.ClassNames])}.", nameof(validation));
        }

        int[] groupOf = GroupOfClasses(examples);
        bool[] chosen = new bool[examples.ClassNames.Count];
        for (int i = 0; i < chosen.Length; i++)
            chosen[i] = names.Contains(examples.ClassNames[i]) || (examples.GroupNames.Count > 0 && names.Contains(examples.GroupNames[groupOf[i]]));
        int count = chosen.Count(taken => taken);
        if (count == 0 || count == chosen.Length)
        {
            throw new ArgumentException(
                $"These names take {count} of {chosen.Length} classes to validation, which leaves one side without a class.", nameof(validation));
        }

        return Split(examples, number => chosen[number]);
    }

    /// <summary>Throws when two sets have a class in common, so that nothing is judged by what it was trained on.</summary>
    /// <remarks>Classes are compared by name. Of sets without names it is only seen when they are, or augment, the same object.</remarks>
    /// <param name="training">One set.</param>
    /// <param name="validation">Another.</param>
    /// <exception cref="ArgumentException">The sets have a class in common, or are the same set.</exception>
    public static void EnsureDisjoint(IExampleSet training, IExampleSet validation) => EnsureNothingInCommon(training, validation, "validation", nameof(validation));

    internal static void EnsureNothingInCommon(IExampleSet training, IExampleSet other, string name, string parameter) => EnsureNothingInCommon(training, other, "training", name, parameter);

    /// <exception cref="ArgumentException">The sets have a class in common, or are the same set.</exception>
    internal static void EnsureNothingInCommon(IExampleSet one, IExampleSet other, string nameOfOne, string nameOfOther, string parameter)
    {
        ArgumentNullException.ThrowIfNull(one, nameOfOne);
        ArgumentNullException.ThrowIfNull(other, parameter);
        string both = $"{char.ToUpperInvariant(nameOfOne[0])}{nameOfOne[1..]} and {nameOfOther}";
        const string Remedy = "Judge an encoder by classes it was not trained on, and by others than its settings were chosen on: ClassSplit and IdentitySplit make such sets.";
        if (ReferenceEquals(Plain(one), Plain(other)))
            throw new ArgumentException($"{both} are the same set. {Remedy}", parameter);
        string[] common = [.. one.ClassNames.Intersect(other.ClassNames, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (common.Length == 0)
            return;
        string what = common.Length == 1 ? "a class" : $"{common.Length} classes";
        throw new ArgumentException($"{both} have {what} in common: {Listing.Of(common)}. {Remedy}", parameter);
    }

    private static ExampleSet Unseen(ExampleSet training, ExampleSet validation)
    {
        EnsureDisjoint(training, validation);
        return validation;
    }

    /// <summary>The examples that a set shows, before anything is changed in them.</summary>
    /// <param name="examples">The set.</param>
    internal static IExampleSet Plain(IExampleSet examples)
    {
        while (examples is IDerivedExampleSet derived)
            examples = derived.Source;
        return examples;
    }

    private static HashSet<string> Draw(IReadOnlyList<string> names, double validationShare, int seed, string what)
    {
        if (!(validationShare > 0 && validationShare < 1))
            throw new ArgumentOutOfRangeException(nameof(validationShare), validationShare, "The share to validate with is above 0 and below 1.");
        int count = (int)Math.Round(validationShare * names.Count, MidpointRounding.AwayFromZero);
        if (count == 0 || count == names.Count)
        {
            throw new ArgumentException(
                $"A share of {validationShare} of {names.Count} {what} is {count}, which leaves one side without any. Choose another share, or more {what}.", nameof(validationShare));
        }

        // In order of names first, so that the order of the examples does not matter.
        string[] order = [.. names.Order(StringComparer.Ordinal)];
        new CounterRandom((ulong)(uint)seed, CounterRandom.Purpose.Data, 0).Shuffle<string>(order);
        return new HashSet<string>(order.Take(count), StringComparer.Ordinal);
    }

    private static ClassSplit Split(ExampleSet examples, Func<int, bool> isValidation)
    {
        ILookup<bool, int> sides = Enumerable.Range(0, examples.ClassNames.Count).ToLookup(isValidation);
        return new ClassSplit(examples.Select(sides[false]), examples.Select(sides[true]));
    }

    private static int[] GroupOfClasses(ExampleSet examples)
    {
        int[] groups = new int[examples.ClassNames.Count];
        for (int i = 0; i < examples.Count; i++)
            groups[examples.Classes[i]] = examples.Groups[i];
        return groups;
    }
}
