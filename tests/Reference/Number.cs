namespace SiameseGen.Reference;

/// <summary>A number that remembers how it was computed, so that the slopes of what is computed from it can be followed back (reverse-mode differentiation).</summary>
public sealed class Number
{
    private readonly (Number From, double Slope)[] _inputs;

    private Number(double value, params (Number From, double Slope)[] inputs) => (Value, _inputs) = (value, inputs);

    /// <summary>The value.</summary>
    public double Value { get; }

    /// <summary>The slope of the last <see cref="Follow"/> with respect to this.</summary>
    public double Slope { get; private set; }

    public static implicit operator Number(double value) => new(value);

    public static Number operator +(Number a, Number b) => new(a.Value + b.Value, (a, 1), (b, 1));

    public static Number operator -(Number a, Number b) => new(a.Value - b.Value, (a, 1), (b, -1));

    public static Number operator -(Number a) => new(-a.Value, (a, -1));

    public static Number operator *(Number a, Number b) => new(a.Value * b.Value, (a, b.Value), (b, a.Value));

    public static Number operator /(Number a, Number b) => new(a.Value / b.Value, (a, 1 / b.Value), (b, -a.Value / (b.Value * b.Value)));

    public static Number Exp(Number x) => new(Math.Exp(x.Value), (x, Math.Exp(x.Value)));

    public static Number Log(Number x) => new(Math.Log(x.Value), (x, 1 / x.Value));

    /// <summary>The root; at 0, where it is steep without end, with slope 0.</summary>
    public static Number Sqrt(Number x) => new(Math.Sqrt(x.Value), (x, x.Value == 0 ? 0 : 0.5 / Math.Sqrt(x.Value)));

    public static Number Abs(Number x) => new(Math.Abs(x.Value), (x, Math.Sign(x.Value)));

    public static Number Max(Number a, Number b) => a.Value > b.Value ? a : b;

    public static Number Sum(IEnumerable<Number> terms)
    {
        Number[] all = [.. terms];
        return new Number(all.Sum(term => term.Value), [.. all.Select(term => (term, 1.0))]);
    }

    /// <summary>Follows the slopes back to all that this was computed from.</summary>
    public void Follow()
    {
        // Every number after all that use it.
        List<Number> order = [];
        HashSet<Number> seen = [];
        var open = new Stack<(Number Number, bool IsDone)>([(this, false)]);
        while (open.TryPop(out (Number Number, bool IsDone) next))
        {
            if (next.IsDone)
                order.Add(next.Number);
            if (next.IsDone || !seen.Add(next.Number))
                continue;
            open.Push((next.Number, true));
            foreach ((Number from, _) in next.Number._inputs)
                open.Push((from, false));
        }

        foreach (Number number in order)
            number.Slope = 0;
        Slope = 1;
        for (int i = order.Count - 1; i >= 0; i--)
        {
            foreach ((Number from, double slope) in order[i]._inputs)
                from.Slope += order[i].Slope * slope;
        }
    }
}
