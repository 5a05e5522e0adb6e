namespace SiameseGen.Optimization;

/// <summary>How the learning rate changes in the course of training.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>The same rate throughout.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>Half a period of a cosine, from the full rate to the one it would reach after the last step (Loshchilov and Hutter, 2017, without restarts).</summary>
    /// <param name="floor">The rate after the last step as a share of the full one, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floor"/> is not between 0 and 1.</exception>
    public static LearningRateSchedule Cosine(float floor = 0f)
    {
        if (!(floor >= 0f && floor <= 1f))
            throw new ArgumentOutOfRangeException(nameof(floor), floor, "The last rate is a share of the full one, between 0 and 1.");
        return new CosineSchedule(floor);
    }

    /// <summary>A factor on the rate every so many steps.</summary>
    /// <param name="every">Training steps between two changes, 1 or more.</param>
    /// <param name="factor">What the rate is multiplied by, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static LearningRateSchedule Step(int every, float factor = 0.1f)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        if (!(factor > 0f && factor <= 1f))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor is above 0 and at most 1.");
        return new StepSchedule(every, factor);
    }

    /// <summary>The rate of a step as a share of the full rate.</summary>
    /// <param name="step">The step after warm-up, from 0.</param>
    /// <param name="steps">All steps after warm-up.</param>
    public abstract float Share(int step, int steps);

    /// <summary>The rate of a step as a share of the full rate, after a linear warm-up: step k of w has (k + 1) / w of the rate.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">All steps, warm-up included.</param>
    /// <param name="warmUp">Steps of warm-up.</param>
    public float Share(int step, int steps, int warmUp) =>
        step < warmUp ? (step + 1f) / warmUp : Share(step - warmUp, Math.Max(steps - warmUp, 1));

    private sealed class ConstantSchedule : LearningRateSchedule
    {
        public override float Share(int step, int steps) => 1f;
    }

    private sealed class CosineSchedule(float floor) : LearningRateSchedule
    {
        public override float Share(int step, int steps) =>
            floor + ((1f - floor) * (float)((1 + CosineOfHalfTurns((double)Math.Min(step, steps) / steps)) / 2));

        // cos(πt) for t in 0…1, by its Taylor series: the C library's cosine differs from machine to machine.
        private static double CosineOfHalfTurns(double t)
        {
            if (t > 0.5)
                return -CosineOfHalfTurns(1 - t);
            double square = Math.PI * t * (Math.PI * t), sum = 1;
            for (int k = 20; k > 0; k -= 2)
                sum = 1 - (square / (k * (k - 1)) * sum);
            return sum;
        }
    }

    private sealed class StepSchedule(int every, float factor) : LearningRateSchedule
    {
        public override float Share(int step, int steps)
        {
            float share = 1f;
            for (int change = step / every; change > 0; change--)
                share *= factor;
            return share;
        }
    }
}
