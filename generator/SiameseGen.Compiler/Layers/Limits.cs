namespace SiameseGen.Compiler.Layers;

/// <summary>The largest sizes that attributes may ask for: far beyond what is of use, and small enough that no product of a few overflows.</summary>
internal static class Limits
{
    /// <summary>Rows or columns of an image or a pooling window.</summary>
    public const int Side = 8192;

    /// <summary>Channels, filters, units.</summary>
    public const int Channels = 65536;

    /// <summary>Features of an input.</summary>
    public const int Features = Shape.MaxLength;

    /// <summary>Rows and columns of a convolution's kernel.</summary>
    public const int Kernel = 255;

    /// <summary>The step of a kernel or a window.</summary>
    public const int Stride = 8192;

    /// <summary>Layers of an encoder, all blocks put in.</summary>
    public const int Layers = 4096;

    /// <summary>Times that a block is repeated.</summary>
    public const int Repetitions = 1024;

    /// <summary>Floats in one embedding: 32 KB, for embeddings are values that live on the stack, often several in one method.</summary>
    public const int Embedding = 8192;

    /// <summary>Parameters of a layer and of an encoder, and floats of a workspace an item: 1 GB.</summary>
    public const int Floats = 1 << 28;
}
