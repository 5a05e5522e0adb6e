namespace Glyphs;

/// <summary>What the user asked for.</summary>
internal sealed record GlyphOptions
{
    /// <summary>The folder with Omniglot's files; null for the invented alphabets.</summary>
    public string? Data { get; init; }

    /// <summary>Passes over the training drawings; null for as many as suit the data.</summary>
    public int? Epochs { get; init; }

    /// <summary>Training steps to stop after; null for as many as the epochs have.</summary>
    public int? Steps { get; init; }

    /// <summary>Whether to train for a few minutes only.</summary>
    public bool Quick { get; init; }

    /// <summary>Trainings, each with a seed of its own, from <see cref="Seed"/> on.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>The seed of initial weights, batches and augmentation.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>The folder for the weights.</summary>
    public string Out { get; init; } = "out";

    /// <summary>The file for all figures; null for none.</summary>
    public string? Json { get; init; }
}
