namespace SiameseGen.Persistence;

/// <summary>A file of weights is damaged, or its weights are not those of this encoder. No weight has been changed.</summary>
public sealed class WeightsFormatException : IOException
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public WeightsFormatException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong with which file, and what would help.</param>
    public WeightsFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong with which file, and what would help.</param>
    /// <param name="innerException">What caused it.</param>
    public WeightsFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
