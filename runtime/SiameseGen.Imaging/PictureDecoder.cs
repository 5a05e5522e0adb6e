using StbImageSharp;

namespace SiameseGen.Imaging;

/// <summary>Decodes picture files: PNM with <see cref="PortableAnyMap"/>, PNG, JPEG and BMP with StbImageSharp.</summary>
internal static class PictureDecoder
{
    // A file of a few kilobytes can claim to be a picture of gigabytes.
    private const long MostPixels = 100_000_000;

    public static Picture Decode(byte[] bytes, string name)
    {
        if (bytes.Length == 0)
            throw new ImageDataException($"'{name}' is empty. Restore it or remove it.");
        try
        {
            if (PortableAnyMap.Recognises(bytes))
                return PortableAnyMap.Decode(bytes);
            if (!PictureIntegrity.Check(bytes))
                throw new ImageDataException($"'{name}' is not a picture that can be read. PNG, JPEG, BMP, PGM and PPM can: convert it to one of these or remove it.");
            using var stream = new MemoryStream(bytes);
            ImageInfo info = ImageInfo.FromStream(stream) ?? throw new InvalidDataException("its header cannot be read, or is of a rare kind");
            CheckSize(info.Width, Math.Abs((long)info.Height)); // rows of a BMP that come from the top down are given as a negative height
            return Compose(ImageResult.FromMemory(bytes, ColorComponents.Default));
        }
        catch (Exception damage) when (damage is not (ImageDataException or OutOfMemoryException))
        {
            // The decoder throws exceptions of many types, also of the base type, when a file is cut short or garbled.
            throw new ImageDataException($"The picture '{name}' is damaged ({damage.Message.TrimEnd('.')}). Restore it or remove it.", damage);
        }
    }

    internal static void CheckSize(long width, long height)
    {
        if (width <= 0 || height <= 0 || width * height > MostPixels)
            throw new InvalidDataException($"it claims a size of {height} rows and {width} columns; up to {MostPixels:#,0} pixels are read");
    }

    private static Picture Compose(ImageResult image)
    {
        int pixels = image.Width * image.Height;
        switch (image.Comp)
        {
            case ColorComponents.Grey:
                return new Picture(image.Height, image.Width, 1, image.Data);
            case ColorComponents.RedGreenBlue:
                return new Picture(image.Height, image.Width, 3, image.Data);
            case ColorComponents.GreyAlpha:
            case ColorComponents.RedGreenBlueAlpha:
                int channels = image.Comp is ColorComponents.GreyAlpha ? 1 : 3;
                return new Picture(image.Height, image.Width, channels, OnWhite(image.Data, pixels, channels));
            default:
                throw new InvalidDataException($"its pixels are {image.Comp}");
        }
    }

    private static byte[] OnWhite(byte[] data, int pixels, int channels)
    {
        byte[] opaque = new byte[pixels * channels];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            int start = pixel * (channels + 1), alpha = data[start + channels];
            for (int channel = 0; channel < channels; channel++)
                opaque[(pixel * channels) + channel] = (byte)(((data[start + channel] * alpha) + (255 * (255 - alpha)) + 127) / 255);
        }

        return opaque;
    }
}
