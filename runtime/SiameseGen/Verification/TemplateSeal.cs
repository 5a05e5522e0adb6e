using System.Security.Cryptography;
using System.Text;
using SiameseGen.Persistence;

namespace SiameseGen.Verification;

/// <summary>
/// Keeps templates of a shipped verifier: with the subject they are of and the model they were made with, encrypted and authenticated by AES-GCM (NIST SP 800-38D) under a key of the caller's. A
/// template that was changed, is of another model, or was sealed under another key is refused.
/// </summary>
/// <remarks>
/// Templates of faces and fingers are biometric data: something like the input can be made of them, and nobody can be given another face. Where keys live and who may use them is up to the program.
/// Whether a living person stands before the camera is not known here, either: check that before enrolling or verifying (<see cref="IPresentationAttackDetector{T}"/>).
/// </remarks>
public static class TemplateSeal
{
    private const int KeyLength = 32, TagLength = 16, NonceLength = 12, ModelLength = 32, LongestSubject = 1024, Head = 4 + ModelLength + NonceLength;

    private static ReadOnlySpan<byte> Magic => "SGT1"u8;

    /// <summary>Seals a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="subject">Whose it is, at most 1,024 bytes of UTF-8.</param>
    /// <param name="key">A key of 32 bytes.</param>
    /// <returns>The sealed template, to be stored.</returns>
    /// <typeparam name="TTemplate">The verifier's type of templates.</typeparam>
    /// <exception cref="ArgumentException">The key has another length, or the subject is empty, too long or no Unicode.</exception>
    public static byte[] Seal<TTemplate>(in TTemplate template, string subject, ReadOnlySpan<byte> key)
        where TTemplate : struct, ITemplate<TTemplate>
    {
        CheckKey(key);
        int subjectLength = StrictText.BytesOf(subject, nameof(subject));
        if (subjectLength > LongestSubject)
            throw new ArgumentException($"A subject has at most {LongestSubject} bytes of UTF-8; this one has {subjectLength}.", nameof(subject));
        byte[] plain = [.. Encoding.UTF8.GetBytes(subject), .. template.Bytes];
        byte[] @sealed = new byte[Head + plain.Length + TagLength];
        Magic.CopyTo(@sealed);
        Convert.FromHexString(TTemplate.Model).CopyTo(@sealed, Magic.Length);
        Span<byte> nonce = @sealed.AsSpan(Magic.Length + ModelLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, plain, @sealed.AsSpan(Head, plain.Length), @sealed.AsSpan(@sealed.Length - TagLength), @sealed.AsSpan(0, Magic.Length + ModelLength));
        CryptographicOperations.ZeroMemory(plain);
        return @sealed;
    }

    /// <summary>Opens a sealed template.</summary>
    /// <param name="template">What <see cref="Seal"/> gave.</param>
    /// <param name="key">The key it was sealed with.</param>
    /// <returns>The template, and whose it is.</returns>
    /// <typeparam name="TTemplate">The verifier's type of templates.</typeparam>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    /// <exception cref="InvalidDataException">It is no sealed template, of another model, damaged, or was sealed with another key.</exception>
    public static (TTemplate Template, string Subject) Open<TTemplate>(ReadOnlySpan<byte> template, ReadOnlySpan<byte> key)
        where TTemplate : struct, ITemplate<TTemplate>
    {
        CheckKey(key);
        int length = template.Length - Head - TagLength, subjectLength = length - TTemplate.ByteLength;
        if (!template.StartsWith(Magic))
            throw new InvalidDataException("These bytes are no sealed template.");
        if (template.Length < Magic.Length + ModelLength || !template.Slice(Magic.Length, ModelLength).SequenceEqual(Convert.FromHexString(TTemplate.Model)))
            throw new InvalidDataException("The template was made with another model: its distances to templates of this one mean nothing. Enrol anew.");
        if (subjectLength is < 1 or > LongestSubject)
            throw new InvalidDataException("The sealed template is not whole.");
        byte[] plain = new byte[length];
        try
        {
            using var cipher = new AesGcm(key, TagLength);
            cipher.Decrypt(template.Slice(Magic.Length + ModelLength, NonceLength), template.Slice(Head, length), template[^TagLength..], plain, template[..(Magic.Length + ModelLength)]);
            return (TTemplate.From(plain.AsSpan(subjectLength)), Encoding.UTF8.GetString(plain, 0, subjectLength));
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new InvalidDataException("The sealed template was changed, or sealed with another key.", exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static void CheckKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException($"A key has {KeyLength} bytes; this one has {key.Length}. Make one by RandomNumberGenerator.GetBytes({KeyLength}), and keep it where keys are kept.", nameof(key));
    }
}
