using System.Globalization;
using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Testing;

/// <summary>Checks losses.</summary>
public static class LossCheck
{
    private const int Length = 6;
    private const float Step = 4e-3f;

    // Beyond this share of values at which the loss bends, nothing is known of its gradient.
    private const double MostBends = 0.5;

    /// <summary>
    /// Compares a loss's gradient with differences of its values, for every structure of batches that it accepts, at random embeddings. Where the loss bends within a
    /// difference, as at a margin, that value is left out.
    /// </summary>
    /// <param name="tolerance">What a gradient may be off, as a share of the largest one: losses are floats, so that differences are no better than about 0.001.</param>
    /// <typeparam name="TLoss">A loss of your own.</typeparam>
    /// <exception cref="CheckFailedException">A gradient is wrong, is not written, or depends on what was in its memory before.</exception>
    public static void Gradients<TLoss>(double tolerance = 0.01)
        where TLoss : struct, IEmbeddingLoss => Gradients(new CustomLoss<TLoss>(), tolerance);

    /// <summary>The same for a loss with settings.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="tolerance">What a gradient may be off, as a share of the largest one.</param>
    /// <exception cref="CheckFailedException">A gradient is wrong, is not written, or depends on what was in its memory before.</exception>
    /// <exception cref="NotSupportedException">The loss's gradient is not its derivative (<see cref="EmbeddingLoss.HasExactGradient"/>), so that differences do not show whether it is right.</exception>
    public static void Gradients(EmbeddingLoss loss, double tolerance = 0.01)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (!loss.HasExactGradient)
            throw new NotSupportedException($"The gradient of the {loss.Name} loss is not the derivative of its value, so that differences cannot check it.");
        foreach (BatchStructure structure in CheckBatch.Structures(loss))
            Gradients(loss, structure, tolerance);
    }

    private static void Gradients(EmbeddingLoss loss, BatchStructure structure, double tolerance)
    {
        Batch batch = CheckBatch.Of(structure, loss);
        float[] embeddings = CheckBatch.Numbers(batch.Count * Length, seed: 7, -1f, 1f), gradients = new float[embeddings.Length], unused = new float[embeddings.Length];
        var workspace = new LossWorkspace(batch.Count, Length) { Learned = loss.CreateWeights(CheckBatch.Classes, Length, seed: 1) };
        Array.Fill(gradients, float.NaN);
        loss.Evaluate(batch, embeddings, gradients, workspace);
        double largest = gradients.Max(value => Math.Abs((double)value));
        int bends = 0;
        for (int i = 0; i < embeddings.Length; i++)
        {
            if (!float.IsFinite(gradients[i]))
                throw new CheckFailedException($"{loss.Name} on {structure}: the gradient at value {i} was not written or is not finite.");
            double wide = Slope(i, Step), narrow = Slope(i, Step / 2), finest = Slope(i, Step / 4);
            if (Math.Abs(narrow - finest) > Math.Max(Math.Abs(wide - narrow), 1e-3 * largest))
            {
                bends++;
                continue;
            }

            // Richardson's extrapolation: the error of a central difference falls with the square of the step.
            double slope = ((4 * narrow) - wide) / 3, error = Math.Abs(slope - gradients[i]);
            if (error > tolerance * largest && Math.Abs(wide - narrow) > 0.05 * largest)
                bends++;
            else if (error > tolerance * largest || largest == 0)
                throw new CheckFailedException(string.Create(CultureInfo.InvariantCulture, $"{loss.Name} on {structure}: the gradient at item {i / Length}, value {i % Length} is {gradients[i]:G6}, but the loss changes by {slope:G6}."));
        }

        if (bends > MostBends * embeddings.Length)
            throw new CheckFailedException($"{loss.Name} on {structure}: the loss bends at {bends} of {embeddings.Length} values, too many to say anything of its gradient.");

        double Slope(int i, float step)
        {
            float kept = embeddings[i];
            float above = kept + step, below = kept - step;
            embeddings[i] = above;
            double high = loss.Evaluate(batch, embeddings, unused, workspace).Loss;
            embeddings[i] = below;
            double low = loss.Evaluate(batch, embeddings, unused, workspace).Loss;
            embeddings[i] = kept;
            return (high - low) / ((double)above - below);
        }
    }
}
