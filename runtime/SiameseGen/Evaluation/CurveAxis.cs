using System.Globalization;

namespace SiameseGen.Evaluation;

/// <summary>One axis of a picture of curves: where a rate lies on it, in pixels, and which rates are written beside it.</summary>
internal sealed class CurveAxis
{
    /// <summary>Pixels of the square that curves are drawn in, and of what lies left of it and above.</summary>
    public const int Size = 480, Left = 80, Top = 20;

    private static readonly double[] UsualRates = [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.99];
    private readonly Func<double, double> _scale;
    private readonly double _low, _high;

    private CurveAxis(string name, Func<double, double> scale, double[] ticks)
    {
        Name = name;
        _scale = scale;
        _low = scale(ticks[0]);
        _high = scale(ticks[^1]);
        Ticks = [.. ticks.Select(rate => (rate, string.Create(CultureInfo.InvariantCulture, $"{(decimal)(100 * rate):0.####} %")))];
    }

    /// <summary>What it measures.</summary>
    public string Name { get; }

    /// <summary>Rates that are written beside it.</summary>
    public IReadOnlyList<(double Rate, string Text)> Ticks { get; }

    /// <summary>From 0 to 1, evenly.</summary>
    public static CurveAxis Linear(string name) => new(name, rate => rate, [0, 0.2, 0.4, 0.6, 0.8, 1]);

    /// <summary>By normal deviates, from the usual rate below the least that is drawn to 99 %.</summary>
    public static CurveAxis Deviates(string name, double least)
    {
        int first = Math.Max(0, Array.FindLastIndex(UsualRates, 5, rate => rate <= least));
        return new CurveAxis(name, NormalDeviate.Of, UsualRates[first..]);
    }

    /// <summary>Pixels from the low end; a rate beyond the axis lies on its end.</summary>
    public double At(double rate) => Size * Math.Clamp((_scale(rate) - _low) / (_high - _low), 0, 1);
}
