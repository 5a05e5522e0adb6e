using Microsoft.CodeAnalysis;

namespace SiameseGen.Generator.Parsing;

/// <summary>Tells what the generator wrote from what the user wrote: an analyzer sees both.</summary>
internal static class GeneratedTrees
{
    private static readonly string Folder = typeof(EncoderGenerator).FullName!;

    /// <summary>Whether the generator wrote a file. Roslyn keeps such files in a folder named after the generator.</summary>
    /// <param name="tree">The file.</param>
    public static bool Contain(SyntaxTree tree) => tree.FilePath.Split('/', '\\').Contains(Folder);

    /// <summary>Where the user wrote a member; null when the generator did.</summary>
    /// <param name="member">The member.</param>
    public static Location? UserLocation(ISymbol member) =>
        member.Locations.FirstOrDefault(place => place.SourceTree is { } tree && !Contain(tree));
}
