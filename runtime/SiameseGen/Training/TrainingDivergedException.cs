using System.Globalization;

namespace SiameseGen.Training;

/// <summary>Training ran away: a loss, a gradient or a weight is no longer a finite number. The encoder is back at its last good weights.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public TrainingDivergedException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal TrainingDivergedException(int step, string what, float learningRate, string weights)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"Training diverged at step {step}: the {what} is not a finite number. The learning rate there was {learningRate:G4}: lower it, clip gradients (ClipNorm = 1) "
            + $"or warm up longer (WarmUpSteps), and check that inputs are finite. The encoder has {weights}."))
    {
        Step = step;
    }

    /// <summary>The step that went wrong, from 1.</summary>
    public int Step { get; }
}
