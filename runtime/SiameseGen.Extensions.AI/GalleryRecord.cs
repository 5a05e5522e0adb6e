namespace SiameseGen.Extensions.AI;

/// <summary>A record of a <see cref="GalleryRecords{TEmbedding}"/>.</summary>
public sealed class GalleryRecord
{
    /// <summary>The name.</summary>
    public required string Key { get; init; }

    /// <summary>The embedding; empty where it was not asked for.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }
}
