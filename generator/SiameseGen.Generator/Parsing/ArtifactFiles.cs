using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SiameseGen.Generator.Parsing;

/// <summary>Finds artifacts among the additional files of a project.</summary>
internal static class ArtifactFiles
{
    /// <summary>Whether a file is an artifact by its name.</summary>
    /// <param name="path">The file's path.</param>
    public static bool IsArtifact(string path) => path.EndsWith(".siamese", StringComparison.OrdinalIgnoreCase);

    /// <summary>The project's folder, where the build says it; else empty.</summary>
    /// <param name="options">The options of the project.</param>
    public static string ProjectFolder(AnalyzerConfigOptions options) => options.TryGetValue("build_property.ProjectDir", out string? folder) ? Slashes(folder).TrimEnd('/') : "";

    /// <summary>Whether the project is being published.</summary>
    /// <param name="options">The options of the project.</param>
    public static bool IsPublishing(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property._IsPublishing", out string? publishing) && string.Equals(publishing, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of several files the one that a path of an attribute means: in the project's folder, or else the one whose path is shortest.</summary>
    /// <param name="files">The artifacts.</param>
    /// <param name="pathOf">The path of one.</param>
    /// <param name="folder">See <see cref="ProjectFolder"/>.</param>
    /// <param name="declared">The path as it is declared.</param>
    /// <typeparam name="T">How artifacts are held.</typeparam>
    public static T? Find<T>(IEnumerable<T> files, Func<T, string> pathOf, string folder, string declared)
        where T : class
    {
        string wanted = Slashes(declared);
        while (wanted.StartsWith("./", StringComparison.Ordinal))
            wanted = wanted.Substring(2);
        return files
            .Where(file => Slashes(pathOf(file)) is var path && (path == wanted || path.EndsWith("/" + wanted, StringComparison.Ordinal)))
            .OrderBy(file => Slashes(pathOf(file)) == $"{folder}/{wanted}" ? 0 : 1)
            .ThenBy(file => pathOf(file).Length)
            .ThenBy(pathOf, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static string Slashes(string path) => path.Replace('\\', '/');
}

/// <summary>The text of an artifact as a plain value.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Text">What is in it; null when it cannot be read.</param>
internal sealed record ArtifactFile(string Path, string? Text)
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static ArtifactFile Of(AdditionalText file, CancellationToken cancellationToken) => new(file.Path, file.GetText(cancellationToken)?.ToString());
}
