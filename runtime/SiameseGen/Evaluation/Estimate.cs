namespace SiameseGen.Evaluation;

/// <summary>A measured figure and how far it can be trusted.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Low">The lower end of its 95 % interval.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>The figure and its interval in per cent, such as <c>94.1 % (93.0 to 95.2 %)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{100 * Value:F1} % ({100 * Low:F1} to {100 * High:F1} %)");
}
