namespace SiameseGen.Testing;

/// <summary>A check of a model failed. Any test framework shows it as a failed test.</summary>
public sealed class CheckFailedException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public CheckFailedException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What was expected and what came.</param>
    public CheckFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">What was expected and what came.</param>
    /// <param name="innerException">The cause.</param>
    public CheckFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
