namespace SiameseGen.Images;

/// <summary>Memory in which one thread changes pictures: it grows to the largest one, and then nothing is allocated any more.</summary>
internal sealed class ImageScratch
{
    [ThreadStatic]
    private static ImageScratch? _ofThread;

    private float[] _stored = [];
    private float[] _bordered = [];
    private float[] _result = [];
    private float[] _places = [];
    private float[] _bends = [];
    private float[] _halved = [];
    private float[] _view = [];
    private float[] _embedding = [];

    /// <summary>The calling thread's.</summary>
    public static ImageScratch OfThread => _ofThread ??= new ImageScratch();

    /// <summary>For a picture as it is stored.</summary>
    /// <param name="length">Floats.</param>
    public Span<float> Stored(int length) => Grown(ref _stored, length);

    /// <summary>For a picture with a border.</summary>
    /// <param name="length">Floats.</param>
    public Span<float> Bordered(int length) => Grown(ref _bordered, length);

    /// <summary>For a copy of the result.</summary>
    /// <param name="length">Floats.</param>
    public Span<float> Result(int length) => Grown(ref _result, length);

    /// <summary>For the places of a row.</summary>
    /// <param name="length">Floats.</param>
    public Span<float> Places(int length) => Grown(ref _places, length);

    /// <summary>For a field of bends.</summary>
    /// <param name="length">Floats.</param>
    public Span<float> Bends(int length) => Grown(ref _bends, length);

    /// <summary>For a picture of half the size; may be halved again in place.</summary>
    /// <param name="length">Floats.</param>
    public Span<float> Halved(int length) => Grown(ref _halved, length);

    /// <summary>For one view of a picture.</summary>
    /// <param name="length">Floats.</param>
    public Span<float> View(int length) => Grown(ref _view, length);

    /// <summary>For the embedding of one view.</summary>
    /// <param name="length">Floats.</param>
    public Span<float> Embedding(int length) => Grown(ref _embedding, length);

    private static Span<float> Grown(ref float[] memory, int length)
    {
        if (memory.Length < length)
            memory = new float[length];
        return memory.AsSpan(0, length);
    }
}
