using System.Runtime.CompilerServices;
using SiameseGen.Verification;

namespace TinyVerifier.Native;

/// <summary>The library's functions, without pointers.</summary>
internal static class Library
{
    /// <summary>An argument is null or of another length.</summary>
    public const int BadArgument = -1;

    private const int Match = 0, NoMatch = 1, Unsure = 2;

    /// <summary>The library's version, as C ends a string.</summary>
    public static ReadOnlySpan<byte> Version => "1.0.0\0"u8;

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

    /// <summary>Compares templates: 0 for a match, 1 for none, 2 for unsure.</summary>
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
