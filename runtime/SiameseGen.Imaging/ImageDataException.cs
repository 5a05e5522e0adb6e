namespace SiameseGen.Imaging;

/// <summary>A picture, or a collection of pictures, is not what it should be. The message names the file, what was found and what would help.</summary>
public sealed class ImageDataException : IOException
{
    /// <summary>Makes an exception.</summary>
    public ImageDataException()
        : this("A picture cannot be used.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">The file, what is wrong with it and what would help.</param>
    public ImageDataException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">The file, what is wrong with it and what would help.</param>
    /// <param name="innerException">The cause.</param>
    public ImageDataException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
