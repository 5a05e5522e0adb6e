using System.Runtime.CompilerServices;
using SiameseGen.Verification;

namespace TinyVerifier.Native;

/// <summary>The library's functions, without pointers.</summary>
internal static class Library
{
    /// <summary>An argument is null or of another length.</summary>
    public const int BadArgument = -1;

    // Numbered as in the C for microcontrollers, so that one cannot be taken for the other.
    private const int NoMatch = 0, Match = 1, Unsure = 2;

    /// <summary>The library's version, as C ends a string.</summary>
    public static ReadOnlySpan<byte> Version => "1.0.0\0"u8;

    /// <summary>Writes what templates are bound to: hexadecimal digits, and a 0 as C ends a string.</summary>
    /// <param name="text">Receives it.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Model(Span<byte> text)
    {
        if (text.Length <= GlyphVerifier.Model.Length)
            return BadArgument;
        for (int i = 0; i < GlyphVerifier.Model.Length; i++)
            text[i] = (byte)GlyphVerifier.Model[i];
        text[GlyphVerifier.Model.Length] = 0;
        return 0;
    }

    /// <summary>Makes a template.</summary>
    /// <param name="pixels">28 × 28 grey pixels, dark ink on white paper.</param>
    /// <param name="template">Receives the template.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Embed(ReadOnlySpan<byte> pixels, Span<byte> template)
    {
        Span<byte> ink = stackalloc byte[GlyphVerifier.InputLength];
        for (int i = 0; i < ink.Length; i++)
            ink[i] = (byte)(byte.MaxValue - pixels[i]);
        GlyphVerifier.Enrol(ink).Bytes.CopyTo(template);
        return 0;
    }

    /// <summary>Compares templates: 0 for no match, 1 for a match, 2 for unsure.</summary>
    /// <param name="enrolled">A template.</param>
    /// <param name="claimed">Another.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Verify(ReadOnlySpan<byte> enrolled, ReadOnlySpan<byte> claimed) =>
        GlyphVerifier.Verify(GlyphVerifier.Template.From(enrolled), GlyphVerifier.Template.From(claimed)).Verdict switch
        {
            Verdict.Match => Match,
            Verdict.NoMatch => NoMatch,
            _ => Unsure,
        };

    /// <summary>The distance of templates.</summary>
    /// <param name="left">A template.</param>
    /// <param name="right">Another.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float Distance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        GlyphVerifier.Distance(GlyphVerifier.Template.From(left), GlyphVerifier.Template.From(right)).Value;
}
