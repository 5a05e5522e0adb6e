namespace SiameseGen.Verification;

/// <summary>Data cannot show what a calibration is asked to claim, or a calibration, templates or examples are not of the encoder's weights.</summary>
public sealed class CalibrationException : Exception
{
    /// <summary>Makes an exception.</summary>
    public CalibrationException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong, and what would help.</param>
    public CalibrationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong, and what would help.</param>
    /// <param name="innerException">What caused it.</param>
    public CalibrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
