namespace SiameseGen.Evaluation;

/// <summary>A measured figure and how far it can be trusted.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Low">The lower end of its 95 % interval.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    private const int MostDigits = 6;

    /// <summary>The figure and its interval in per cent, such as <c>94.1 % (93.0 to 95.2 %)</c>, and of small ones as many digits as say something: <c>0.0067 % (0.0026 to 0.0098 %)</c>.</summary>
    public override string ToString()
    {
        double smallest = 100 * (Value > 0 ? Value : High);
        int digits = smallest > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(smallest)), 1, MostDigits) : 1;
        string Percent(double value) => (100 * value).ToString($"F{digits}", System.Globalization.CultureInfo.InvariantCulture);
        return $"{Percent(Value)} % ({Percent(Low)} to {Percent(High)} %)";
    }
}
