namespace SiameseGen.Benchmarks.Training;

/// <summary>Whether SiameseGen and libtorch compute the same, from the same weights and the same batch.</summary>
internal static class Agreement
{
    private const double EmbeddingTolerance = 1e-4, LossTolerance = 1e-4, GradientTolerance = 1e-3;

    /// <summary>Compares and prints.</summary>
    /// <param name="ours">SiameseGen's results.</param>
    /// <param name="theirs">libtorch's.</param>
    /// <param name="theirsAgain">libtorch's with another memory layout: how far rounding alone leads apart.</param>
    /// <returns>Whether all lie within the tolerances.</returns>
    public static bool Check(TwinsOutput ours, TwinsOutput theirs, TwinsOutput theirsAgain)
    {
        bool agrees = Judge("embeddings, largest difference", ours.EmbeddingDifference(theirs), EmbeddingTolerance);
        agrees &= Judge("loss, difference", Math.Abs(ours.Loss - theirs.Loss), LossTolerance);
        foreach (string tensor in theirs.Gradients.Keys)
        {
            // Where two values of a pooling window are equal but for their last bits, or one lies next to ReLU's corner, rounding decides which
            // way the gradient goes. With millions of activations that happens, in libtorch against itself too: as far as it differs from itself,
            // others may differ from it.
            double itself = theirs.GradientDifference(theirsAgain, tensor);
            double nearest = Math.Min(ours.GradientDifference(theirs, tensor), ours.GradientDifference(theirsAgain, tensor));
            agrees &= Judge($"gradient of {tensor}, relative", nearest, Math.Max(GradientTolerance, 2 * itself));
        }

        Console.WriteLine();
        return agrees;
    }

    private static bool Judge(string what, double difference, double tolerance)
    {
        bool agrees = difference <= tolerance; // false for a number that is none
        string verdict = agrees ? "agrees" : "DIFFERS";
        Console.WriteLine($"{verdict,-7}  {what,-48} {difference:E1}, at most {tolerance:E1}");
        return agrees;
    }
}
