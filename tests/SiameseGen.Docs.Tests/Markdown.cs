using System.Text.RegularExpressions;

namespace SiameseGen.Docs.Tests;

/// <summary>What the tests need to know of Markdown.</summary>
internal static partial class Markdown
{
    /// <summary>What a page links to in the repository, as the page writes it: a file, empty for the page itself, and the heading in it, empty for none.</summary>
    /// <param name="markdown">The page.</param>
    public static IEnumerable<(string File, string Heading)> LocalLinks(string markdown) =>
        Link().Matches(markdown)
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Select(target => target.Split('#') is var parts && parts.Length == 2 ? (parts[0], parts[1]) : (target, ""));

    /// <summary>What links to the headings of a page are called: small letters, digits and hyphens for spaces.</summary>
    /// <param name="markdown">The page.</param>
    public static IReadOnlySet<string> Anchors(string markdown) => Heading().Matches(Fence().Replace(markdown, ""))
        .Select(match => NoLetter().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))
        .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ +(?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoLetter();
}
