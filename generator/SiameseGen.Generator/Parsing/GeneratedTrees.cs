using Microsoft.CodeAnalysis;

namespace SiameseGen.Generator.Parsing;

/// <summary>Tells what the generator wrote from what the user wrote: an analyzer sees both.</summary>
internal static class GeneratedTrees
{
    private static readonly string Folder = typeof(EncoderGenerator).FullName!;

    /// <summary>Whether the generator wrote a file. Roslyn keeps such files in a folder named after the generator.</summary>
    /// <param name="tree">The file.</param>
    public static bool Contain(SyntaxTree tree) => tree.FilePath.Split('/', '\\').Contains(Folder);
}
