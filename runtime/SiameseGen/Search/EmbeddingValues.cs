namespace SiameseGen.Search;

/// <summary>What may be put into a gallery and asked of it.</summary>
internal static class EmbeddingValues
{
    // So that no square of a distance is more than a float can be.
    private const double MostSquare = 1e36;

    // As in Distances: shorter ones have no direction.
    private const double LeastSquare = 1e-30;

    /// <summary>The square of an embedding's length.</summary>
    /// <exception cref="ArgumentException">A value is not a finite number, or the embedding is longer than 10¹⁸.</exception>
    public static double SquaredLength(ReadOnlySpan<float> values, string argument)
    {
        double square = 0;
        foreach (float value in values)
            square += (double)value * value;
        if (square <= MostSquare)
            return square;
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                throw new ArgumentException($"An embedding has the value {value}, which has no distance. The weights or the input are damaged.", argument);
        }

        throw new ArgumentException("An embedding is longer than 1e18, too long for its distances.", argument);
    }

    /// <summary>What to multiply with for a length of 1; 0 for an embedding without direction.</summary>
    public static double InverseLength(double squaredLength) => squaredLength < LeastSquare ? 0 : 1 / Math.Sqrt(squaredLength);

    /// <summary>The scale with which a row or query of integers keeps its largest value as <paramref name="steps"/>.</summary>
    public static float Scale(ReadOnlySpan<float> values, int steps)
    {
        float largest = 0;
        foreach (float value in values)
            largest = Math.Max(largest, Math.Abs(value));

        // A scale with few digits would be worse than none: what it stands for is far below anything that counts.
        float scale = (float)((double)largest / steps);
        return float.IsNormal(scale) ? scale : 0;
    }

    /// <summary>The nearest integer of a scale, ties to even.</summary>
    public static int Round(float value, float scale, int steps) =>
        scale == 0 ? 0 : Math.Clamp((int)Math.Round((double)value / scale), -steps, steps);
}
