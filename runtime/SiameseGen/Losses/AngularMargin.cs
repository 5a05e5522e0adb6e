namespace SiameseGen.Losses;

/// <summary>A margin m that is added to the angle behind a cosine: cos(θ + m), and beyond the angle where that rises again a line (Deng et al., 2019).</summary>
internal readonly struct AngularMargin
{
    private readonly float _cosine;
    private readonly float _sine;
    private readonly float _margin;

    /// <summary>Takes the margin in degrees, above 0 and below 180.</summary>
    public AngularMargin(float degrees)
    {
        if (!(degrees is > 0f and < 180f))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "A margin is above 0 and below 180 degrees.");
        Degrees = degrees;
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        _sine = (float)sine;
        _cosine = (float)cosine;
        _margin = (float)(degrees * Math.PI / 180);
    }

    /// <summary>The margin in degrees.</summary>
    public float Degrees { get; }

    /// <summary>The cosine with the margin, and its derivative.</summary>
    public float Add(float cosine, out float slope)
    {
        cosine = Math.Clamp(cosine, -1f, 1f);
        if (cosine < -_cosine)
        {
            slope = 1f;
            return cosine - (_margin * _sine);
        }

        // Of two vectors in one direction the derivative has no end.
        float sine = MathF.Sqrt(MathF.Max(0f, 1f - (cosine * cosine)));
        slope = _cosine + (_sine * cosine / MathF.Max(sine, 1e-3f));
        return (cosine * _cosine) - (sine * _sine);
    }
}
