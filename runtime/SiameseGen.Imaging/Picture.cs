namespace SiameseGen.Imaging;

/// <summary>A picture in memory: 8-bit values, row by row, the channels of a pixel next to each other. It never changes.</summary>
public sealed class Picture
{
    private readonly byte[] _pixels;

    /// <summary>Copies pixels.</summary>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="pixels">The values, height × width × channels.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    /// <exception cref="ArgumentException">The number of values is not height × width × channels.</exception>
    public Picture(int height, int width, int channels, ReadOnlySpan<byte> pixels)
        : this(height, width, channels, pixels.ToArray())
    {
    }

    internal Picture(int height, int width, int channels, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "A picture has 1 channel (grey) or 3 (red, green, blue).");
        if (pixels.Length != (long)height * width * channels)
            throw new ArgumentException($"A picture of {height}×{width}×{channels} has {(long)height * width * channels} values; there are {pixels.Length}.", nameof(pixels));
        Height = height;
        Width = width;
        Channels = channels;
        _pixels = pixels;
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Values a pixel: 1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>The values, row by row, channels last; 0 is black.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Reads a PNG, JPEG, BMP or PNM (PGM, PPM) file.</summary>
    /// <remarks>Values of 16 bits are reduced to 8. What is transparent is laid on white.</remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageDataException">The file is no picture of a known format, or is damaged.</exception>
    public static Picture Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no picture '{path}'.", path);
        return PictureDecoder.Decode(File.ReadAllBytes(path), path);
    }

    /// <summary>Reads a PNG, JPEG, BMP or PNM picture from a stream.</summary>
    /// <param name="stream">The stream, read to its end.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="ImageDataException">It is no picture of a known format, or is damaged.</exception>
    public static Picture Load(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return PictureDecoder.Decode(bytes.ToArray(), name);
    }

    /// <summary>Writes the picture as a PNG file.</summary>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        File.WriteAllBytes(path, PngWriter.Encode(this));
    }

    /// <summary>The picture in grey or in colour.</summary>
    /// <remarks>Grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). Colour from grey repeats it three times.</remarks>
    /// <param name="channels">1 or 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another number.</exception>
    public Picture ToChannels(int channels)
    {
        if (channels == Channels)
            return this;
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Pictures have 1 channel (grey) or 3 (red, green, blue).");
        byte[] pixels = new byte[Height * Width * channels];
        for (int i = 0; i < Height * Width; i++)
        {
            if (channels == 1)
                pixels[i] = (byte)(((299 * _pixels[3 * i]) + (587 * _pixels[(3 * i) + 1]) + (114 * _pixels[(3 * i) + 2]) + 500) / 1000);
            else
                pixels.AsSpan(3 * i, 3).Fill(_pixels[i]);
        }

        return new Picture(Height, Width, channels, pixels);
    }

    /// <summary>The picture in another size, with every source pixel counted: triangle filter, as wide as a target pixel when it shrinks.</summary>
    /// <remarks>Proportions are not kept. The result has the same bits on every machine.</remarks>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is 0 or less.</exception>
    public Picture Resize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        return height == Height && width == Width ? this : Resampling.Resize(this, height, width);
    }

    /// <summary>The values that an encoder reads: converted and resized to its input.</summary>
    /// <param name="input">The encoder's input.</param>
    /// <returns>height × width × channels values, to be given to <c>Embed</c>.</returns>
    /// <exception cref="NotSupportedException">The encoder reads features, or images of another number of channels than 1 and 3.</exception>
    public ReadOnlySpan<byte> AsInput(InputShape input)
    {
        if (!input.IsImage)
            throw new NotSupportedException($"The encoder reads {input.Length} features, not images: a picture has no features until something computes them.");
        if (input.Channels is not (1 or 3))
            throw new NotSupportedException($"The encoder reads images of {input.Channels} channels. Pictures have 1 (grey) or 3 (red, green, blue): build such an input yourself and give its values to Embed.");
        return ToChannels(input.Channels).Resize(input.Height, input.Width)._pixels;
    }
}
