namespace SiameseGen.Verification;

/// <summary>An input that was to be enrolled, and that an <see cref="IPresentationAttackDetector{T}"/> took for a presentation attack. It was not enrolled.</summary>
public sealed class PresentationAttackException : Exception
{
    /// <summary>Without words.</summary>
    public PresentationAttackException()
    {
    }

    /// <summary>With words.</summary>
    /// <param name="message">What happened.</param>
    public PresentationAttackException(string message)
        : base(message)
    {
    }

    /// <summary>With words and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public PresentationAttackException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
