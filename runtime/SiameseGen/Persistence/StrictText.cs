using System.Text;

namespace SiameseGen.Persistence;

/// <summary>Names as they are kept in files: what is no Unicode is refused rather than changed, for two names could become one.</summary>
internal static class StrictText
{
    /// <summary>UTF-8 that throws on half of a surrogate pair, and on bytes that are none.</summary>
    public static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes that a name takes.</summary>
    /// <param name="name">The name.</param>
    /// <param name="parameter">The parameter that it was given as.</param>
    /// <exception cref="ArgumentException">It is empty, or no Unicode.</exception>
    public static int BytesOf(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, parameter);
        try
        {
            return Utf8.GetByteCount(name);
        }
        catch (EncoderFallbackException failure)
        {
            throw new ArgumentException("The name is no valid Unicode: it has half of a surrogate pair.", parameter, failure);
        }
    }
}
