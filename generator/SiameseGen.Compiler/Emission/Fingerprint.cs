using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SiameseGen.Compiler.Emission;

/// <summary>SHA-256 of a text.</summary>
internal static class Fingerprint
{
    /// <summary>64 lower-case hexadecimal digits.</summary>
    /// <param name="text">The text, hashed as UTF-8.</param>
    public static string Of(string text)
    {
        using SHA256 hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(text)).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
