using System.Text.RegularExpressions;

namespace SiameseGen.Docs.Tests;

/// <summary>What the tests need to know of Markdown.</summary>
internal static partial class Markdown
{
    /// <summary>Files that a page links to, as the page writes them, without anchors.</summary>
    public static IEnumerable<string> LocalLinks(string markdown) =>
        Link().Matches(markdown)
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
