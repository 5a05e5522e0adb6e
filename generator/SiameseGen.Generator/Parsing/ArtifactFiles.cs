using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Shipping;

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

    /// <summary>Of several files the one that a path of an attribute means: in the project's folder, or else the only one anywhere that ends in it.</summary>
    /// <param name="files">The artifacts.</param>
    /// <param name="pathOf">The path of one.</param>
    /// <param name="folder">See <see cref="ProjectFolder"/>.</param>
    /// <param name="declared">The path as it is declared.</param>
    /// <typeparam name="T">How artifacts are held.</typeparam>
    public static FoundArtifact<T> Find<T>(IEnumerable<T> files, Func<T, string> pathOf, string folder, string declared)
        where T : class
    {
        string wanted = Slashes(declared);
        while (wanted.StartsWith("./", StringComparison.Ordinal))
            wanted = wanted.Substring(2);
        T[] found = [.. files
            .Where(file => Slashes(pathOf(file)) is var path && (path == wanted || path.EndsWith("/" + wanted, StringComparison.Ordinal)))
            .OrderBy(file => Slashes(pathOf(file)) == $"{folder}/{wanted}" ? 0 : 1)
            .ThenBy(pathOf, StringComparer.Ordinal)];
        return found.Length < 2 || Slashes(pathOf(found[0])) == $"{folder}/{wanted}"
            ? new FoundArtifact<T>(found.FirstOrDefault(), default)
            : new FoundArtifact<T>(null, found.Select(file => Within(folder, Slashes(pathOf(file)))).ToEquatableArray());
    }

    /// <summary>What is wrong when a path means several artifacts; null when it does not.</summary>
    /// <param name="verifier">The verifier.</param>
    /// <param name="found">What was found for it.</param>
    /// <typeparam name="T">How artifacts are held.</typeparam>
    public static Problem? Ambiguity<T>(VerifierModel verifier, FoundArtifact<T> found)
        where T : class =>
        found.Several.Count == 0 ? null
        : new Problem(ProblemIds.ArtifactAmbiguous, Problem.WholeClass, null, EquatableArray.Of(verifier.Name, verifier.Artifact, string.Join(", ", found.Several)));

    private static string Within(string folder, string path) =>
        folder.Length > 0 && path.StartsWith(folder + "/", StringComparison.Ordinal) ? path.Substring(folder.Length + 1) : path;

    private static string Slashes(string path) => path.Replace('\\', '/');
}

/// <summary>The artifact that the path of an attribute means.</summary>
/// <param name="File">The artifact; null when there is none, or when there are several.</param>
/// <param name="Several">The paths of several; else empty.</param>
/// <typeparam name="T">How artifacts are held.</typeparam>
internal readonly record struct FoundArtifact<T>(T? File, EquatableArray<string> Several)
    where T : class;

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
