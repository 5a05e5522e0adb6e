namespace SiameseGen.Export;

/// <summary>An encoder that cannot be exported as asked. Nothing was written.</summary>
public sealed class ExportException : Exception
{
    /// <summary>Without words.</summary>
    public ExportException()
    {
    }

    /// <summary>With words.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public ExportException(string message)
        : base(message)
    {
    }

    /// <summary>With words and a cause.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ExportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
