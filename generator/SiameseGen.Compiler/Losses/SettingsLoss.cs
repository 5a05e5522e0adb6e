using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Losses;

/// <summary>A loss that is its settings, each a number in a range or a name; over batches of classes unless it says otherwise.</summary>
/// <param name="name">The attribute's name without <c>Attribute</c>, and the class's in <c>SiameseGen.Losses</c>.</param>
/// <param name="metric">The member of <c>DistanceMetric</c> that the loss is defined on; null where the user chooses.</param>
/// <param name="settings">The settings.</param>
internal sealed class SettingsLoss(string name, string? metric, params LossSetting[] settings) : LossKind(name)
{
    private const string RateFactor = "LearningRateFactor";

    public override string Type => $"global::SiameseGen.Losses.{Name}";

    public override IReadOnlyList<string> Accepts => Batches;

    /// <summary>The members of <c>BatchStructure</c> that the loss accepts.</summary>
    public IReadOnlyList<string> Batches { get; init; } = ["Classes"];

    /// <summary>Whether it learns vectors of the classes.</summary>
    public bool HasVectors { get; init; }

    /// <summary>Whether it is about vectors that another loss learns.</summary>
    public bool NeedsVectors { get; init; }

    /// <summary>Whether it is a loss of differences of distances, so that none of them needs to be 0.</summary>
    public bool TakesProducts { get; init; }

    /// <summary>Settings that are one of several names; written where they are not the first.</summary>
    public IReadOnlyList<LossChoice> Choices { get; init; } = [];

    // It has a learning rate then. Where learning is a matter of choice, it is the first choice not to.
    public override bool Learns(AttributeModel attribute) =>
        settings.Any(setting => setting.Name == RateFactor) && !Choices.Any(choice => choice.Name == "Learned" && attribute.Get(choice.Name, 0) == 0);

    public override Loss? Resolve(AttributeModel attribute, ProblemList problems)
    {
        List<string> arguments = [], words = [];
        bool valid = true;
        foreach (LossSetting setting in settings)
        {
            string? value = setting.Resolve(attribute, problems);
            valid &= value is not null;
            if (setting.Name == RateFactor && !Learns(attribute))
                continue;
            arguments.Add($"{setting.Parameter}: {value}");
            words.Add($"{setting.Words} {value?.TrimEnd('f')}");
        }

        foreach (LossChoice choice in Choices)
        {
            string? value = choice.Resolve(attribute, problems);
            valid &= value is not null;
            if (value is not { Length: > 0 })
                continue;
            arguments.Add(value);
            words.Add($"{choice.Name.ToLowerInvariant()} {value.Split('.').Last()}");
        }

        int? member = metric is null ? problems.Member(attribute, "Distance", "DistanceMetric", TakesProducts ? MarginLoss.Metrics : MarginLoss.MetricsFromZero) : Array.IndexOf(MarginLoss.Metrics, metric);
        if (!valid || member is not { } number)
            return null;
        string distance = $"global::SiameseGen.DistanceMetric.{MarginLoss.Metrics[number]}";
        if (metric is null)
        {
            arguments.Add($"distance: {distance}");
            words.Add($"distance {MarginLoss.Metrics[number]}");
        }

        return new Loss(Type, $"new({string.Join(", ", arguments)})", distance, string.Join(", ", words));
    }
}

/// <summary>A name that a loss is set by.</summary>
/// <param name="Name">The attribute's property.</param>
/// <param name="Enumeration">The enumeration in <c>SiameseGen.Losses</c>.</param>
/// <param name="Members">Its members, in order; the first is the default.</param>
internal sealed record LossChoice(string Name, string Enumeration, params string[] Members)
{
    /// <summary>The argument as generated code writes it; empty for the default, and null when a problem was reported.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="problems">Receives problems.</param>
    public string? Resolve(AttributeModel attribute, ProblemList problems) => problems.Member(attribute, Name, Enumeration, Members) switch
    {
        null => null,
        0 => "",
        { } member => $"{char.ToLowerInvariant(Name[0])}{Name.Substring(1)}: global::SiameseGen.Losses.{Enumeration}.{Members[member]}",
    };
}

/// <summary>A number that a loss is set by.</summary>
/// <param name="Name">The attribute's property.</param>
/// <param name="Default">Its default.</param>
/// <param name="Range">The range as mathematics writes it.</param>
/// <param name="Allowed">Whether a number is in the range.</param>
internal sealed record LossSetting(string Name, float Default, string Range, Func<float, bool> Allowed)
{
    private bool IsWhole { get; init; }

    /// <summary>The constructor's parameter.</summary>
    public string Parameter => Name == "Base" ? "@base" : char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>What documentation calls it.</summary>
    public string Words => string.Concat(Name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    /// <summary>A number above 0.</summary>
    /// <param name="name">The attribute's property.</param>
    /// <param name="otherwise">Its default.</param>
    public static LossSetting Positive(string name, float otherwise) => new(name, otherwise, "(0, ∞)", value => value > 0f && !float.IsInfinity(value));

    /// <summary>A whole number.</summary>
    /// <param name="name">The attribute's property.</param>
    /// <param name="otherwise">Its default.</param>
    /// <param name="lowest">The lowest allowed.</param>
    /// <param name="highest">The highest allowed.</param>
    public static LossSetting Whole(string name, int otherwise, int lowest, int highest) =>
        new(name, otherwise, $"[{Text.Number(lowest)}, {Text.Number(highest)}]", value => value >= lowest && value <= highest) { IsWhole = true };

    /// <summary>The value as generated code writes it; null when a problem was reported.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="problems">Receives problems.</param>
    public string? Resolve(AttributeModel attribute, ProblemList problems)
    {
        if (!IsWhole)
            return problems.Value(attribute, Name, Default, Range, Allowed) is { } value ? Text.Literal(value) : null;
        int number = attribute.Get(Name, (int)Default);
        if (Allowed(number))
            return Text.Number(number);
        problems.Report(ProblemIds.ValueOutOfRange, attribute, Name, Text.Brief(attribute), Name, Text.Number(number), Range);
        return null;
    }
}
