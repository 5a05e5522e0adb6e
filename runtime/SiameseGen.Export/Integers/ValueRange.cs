namespace SiameseGen.Export.Integers;

/// <summary>The values of one tensor over some examples: first their extent, then how often they are where, and from that the range whose 256 codes lose least.</summary>
internal sealed class ValueRange
{
    private const int Bins = 2048, Candidates = 64;

    private readonly long[] _counts = new long[Bins];
    private float _low, _high;

    /// <summary>Takes the extent of values into account; 0 always belongs to it, because a code has to stand for it.</summary>
    /// <param name="values">The values.</param>
    public void Extend(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            _low = value < _low ? value : _low;
            _high = value > _high ? value : _high;
        }
    }

    /// <summary>Counts values whose extent is known.</summary>
    /// <param name="values">The values.</param>
    public void Count(ReadOnlySpan<float> values)
    {
        float width = (_high - _low) / Bins;
        if (!(width > 0f))
            return;
        foreach (float value in values)
        {
            // All codes have one for 0, so that zeros, half of all values after a ReLU, lose nothing by any of them.
            if (value != 0f)
                _counts[Math.Clamp((int)((value - _low) / width), 0, Bins - 1)]++;
        }
    }

    /// <summary>The codes that lose least: the sum of squared errors of rounding inside the range and of clipping outside is smallest.</summary>
    public Codes Best()
    {
        Codes best = Codes.Of(_low, _high);
        double least = Error(best);
        for (int i = 1; i < Candidates; i++)
        {
            float share = 1f - (0.75f * i / Candidates);
            var candidate = Codes.Of(_low * share, _high * share);
            double error = Error(candidate);
            if (error < least)
                (best, least) = (candidate, error);
        }

        return best;
    }

    private double Error(Codes codes)
    {
        double width = ((double)_high - _low) / Bins, low = codes.Value(sbyte.MinValue), high = codes.Value(sbyte.MaxValue);
        double rounding = (double)codes.Scale * codes.Scale / 12, error = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            double value = _low + ((bin + 0.5) * width), outside = value < low ? low - value : value > high ? value - high : 0;
            error += _counts[bin] * (outside > 0 ? outside * outside : rounding);
        }

        return error;
    }
}

/// <summary>What 8-bit codes stand for: scale · (code − zero).</summary>
/// <param name="Scale">The scale, above 0.</param>
/// <param name="Zero">The code for 0.</param>
internal readonly record struct Codes(float Scale, int Zero)
{
    /// <summary>Codes over a range that holds 0.</summary>
    /// <param name="low">The lowest value, at most 0.</param>
    /// <param name="high">The highest value, at least 0.</param>
    public static Codes Of(float low, float high)
    {
        float scale = (high - low) / 255f;
        return scale > 0f && float.IsFinite(1f / scale) ? new Codes(scale, Math.Clamp((int)Math.Round(-128.0 - (low / (double)scale)), -128, 127)) : new Codes(1f, -128);
    }

    /// <summary>What a code stands for.</summary>
    /// <param name="code">The code.</param>
    public float Value(int code) => Scale * (code - Zero);

    /// <summary>The nearest code.</summary>
    /// <param name="value">A value.</param>
    public int Nearest(float value) => (int)Math.Clamp(Math.Round((value / (double)Scale) + Zero), -128, 127);
}
