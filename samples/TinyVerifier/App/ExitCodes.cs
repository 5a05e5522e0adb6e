using SiameseGen.Verification;

namespace TinyVerifier;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    public const int Match = 0, NoMatch = 1, Unsure = 2, BadInput = 3;

    /// <summary>The exit code of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    public static int Of(Verdict verdict) => verdict switch
    {
        Verdict.Match => Match,
        Verdict.NoMatch => NoMatch,
        _ => Unsure,
    };

    /// <summary>A verdict in words.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Match => "match",
        Verdict.NoMatch => "no match",
        _ => "unsure",
    };
}
