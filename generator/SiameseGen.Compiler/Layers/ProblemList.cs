using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Layers;

/// <summary>Collects problems.</summary>
/// <param name="model">The model that has them.</param>
internal sealed class ProblemList(EncoderModel model)
{
    private readonly List<Problem> _problems = [.. model.Problems];

    /// <summary>Problems of the whole model and those of its attributes, in the order of the source.</summary>
    public EquatableArray<Problem> All => _problems.OrderBy(problem => problem.Attribute).ToEquatableArray();

    /// <summary>Problems so far.</summary>
    public int Count => _problems.Count;

    /// <summary>Reports a problem at an attribute.</summary>
    /// <param name="id">One of <see cref="ProblemIds"/>.</param>
    /// <param name="attribute">The attribute; null for the class.</param>
    /// <param name="argument">The argument at fault.</param>
    /// <param name="holes">What fills the message's holes.</param>
    public void Report(string id, AttributeModel? attribute, string? argument, params string[] holes) =>
        _problems.Add(new Problem(id, attribute?.Index ?? Problem.WholeClass, argument, new EquatableArray<string>(holes)) { Origin = attribute?.Origin });

    /// <summary>Reports that something has more floats than can be addressed.</summary>
    /// <param name="attribute">The layer; null for the whole encoder.</param>
    /// <param name="what">What is too large.</param>
    /// <param name="size">Its size.</param>
    /// <param name="limit">The highest allowed.</param>
    public void TooLarge(AttributeModel? attribute, string what, long size, long limit) => Report(
        ProblemIds.TooLarge, attribute, null, attribute is null ? model.Name : Text.Brief(attribute), what, Text.Number(size), Text.Number(limit));

    /// <summary>Reports an argument that another one makes void.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="other">What makes it void.</param>
    /// <returns>Whether it is not set, so that all is well.</returns>
    public bool Contradiction(AttributeModel attribute, string argument, string other)
    {
        if (!attribute.Has(argument))
            return true;
        Report(ProblemIds.Contradiction, attribute, argument, Text.Brief(attribute), argument, other);
        return false;
    }

    /// <summary>Reads a size and checks it.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="otherwise">The default.</param>
    /// <param name="highest">The highest allowed.</param>
    /// <param name="lowest">The lowest allowed.</param>
    /// <returns>The size, or null when a problem was reported.</returns>
    public int? Size(AttributeModel attribute, string argument, int otherwise, int highest, int lowest = 1)
    {
        int value = attribute.Get(argument, otherwise);
        if (value >= lowest && value <= highest)
            return value;
        Report(
            ProblemIds.SizeOutOfRange, attribute, argument, Text.Brief(attribute), argument, Text.Number(value), Text.Number(lowest), Text.Number(highest));
        return null;
    }

    /// <summary>Reads a number and checks it.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="otherwise">The default.</param>
    /// <param name="range">The range as mathematics writes it, such as <c>[0, 1)</c>.</param>
    /// <param name="allowed">Whether a value is in the range; never asked about one that is not a number.</param>
    /// <returns>The number, or null when a problem was reported.</returns>
    public float? Value(AttributeModel attribute, string argument, float otherwise, string range, Func<float, bool> allowed)
    {
        float value = attribute.Get(argument, otherwise);
        if (!float.IsNaN(value) && allowed(value))
            return value;
        Report(ProblemIds.ValueOutOfRange, attribute, argument, Text.Brief(attribute), argument, Text.Number(value), range);
        return null;
    }

    /// <summary>Reads a member of an enumeration and checks it.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="enumeration">The enumeration's name.</param>
    /// <param name="members">The names of its members, from 0.</param>
    /// <param name="otherwise">The number of the default.</param>
    /// <returns>The member's number, or null when a problem was reported.</returns>
    public int? Member(AttributeModel attribute, string argument, string enumeration, IReadOnlyList<string> members, int otherwise = 0)
    {
        int value = attribute.Get(argument, otherwise);
        if (value >= 0 && value < members.Count)
            return value;
        string named = string.Join(", ", members.Select(member => $"{enumeration}.{member}"));
        Report(ProblemIds.ValueOutOfRange, attribute, argument, Text.Brief(attribute), argument, Text.Number(value), $"one of {named}");
        return null;
    }
}
