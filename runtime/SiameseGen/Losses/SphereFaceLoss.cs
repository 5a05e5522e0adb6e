namespace SiameseGen.Losses;

/// <summary>
/// The multiplicative angular margin: the own class's cosine becomes (−1)ᵏ·cos(m·θ) − 2k with k = ⌊m·θ/π⌋, which falls from 1 to 1 − 2m (Liu et al., "SphereFace: Deep Hypersphere Embedding for Face
/// Recognition", 2017, with a fixed scale in place of the embedding's length).
/// </summary>
public sealed class SphereFaceLoss : MarginSoftmaxLoss
{
    private readonly float[] _turns;

    /// <summary>Makes a loss.</summary>
    /// <param name="multiplier">The margin m, 1 to 8.</param>
    /// <param name="scale">The factor s of cosines, above 0.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for the learned vectors, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public SphereFaceLoss(int multiplier = 4, float scale = 30f, float learningRateFactor = 1f)
        : base(scale, learningRateFactor)
    {
        if (!(multiplier is >= 1 and <= 8))
            throw new ArgumentOutOfRangeException(nameof(multiplier), multiplier, "A multiplier is 1 to 8.");
        Multiplier = multiplier;
        _turns = [.. Enumerable.Range(1, multiplier).Select(k => (float)Math.SinCos(k * Math.PI / multiplier).Cos)];
    }

    /// <summary>The margin m, 1 to 8.</summary>
    public int Multiplier { get; }

    /// <inheritdoc/>
    public override string Name => "SphereFace";

    private protected override float Target(float cosine, out float slope)
    {
        cosine = Math.Clamp(cosine, -1f, 1f);
        int turn = 0;
        while (turn < Multiplier - 1 && cosine < _turns[turn])
            turn++;

        // cos(mθ) and sin(mθ)/sin θ by the recurrences of Chebyshev's polynomials; d cos(mθ) / d cos θ = m·sin(mθ)/sin θ.
        float before = 1f, multiple = cosine, sinesBefore = 0f, sines = 1f;
        for (int i = 1; i < Multiplier; i++)
        {
            (before, multiple) = (multiple, (2f * cosine * multiple) - before);
            (sinesBefore, sines) = (sines, (2f * cosine * sines) - sinesBefore);
        }

        float sign = turn % 2 == 0 ? 1f : -1f;
        slope = sign * Multiplier * sines;
        return (sign * multiple) - (2f * turn);
    }
}
