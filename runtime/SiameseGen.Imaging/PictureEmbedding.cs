namespace SiameseGen.Imaging;

/// <summary>Embeds pictures as they are: they are converted to grey or colour and resized as the encoder's input demands.</summary>
public static class PictureEmbedding
{
    /// <summary>Embeds a picture file (PNG, JPEG, BMP, PGM or PPM).</summary>
    /// <param name="encoder">The encoder; its input is an image.</param>
    /// <param name="path">The file.</param>
    /// <typeparam name="TEmbedding">The encoder's embedding.</typeparam>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageDataException">The file is no picture of a known format, or is damaged.</exception>
    /// <exception cref="NotSupportedException">The encoder does not read pictures.</exception>
    public static TEmbedding EmbedFile<TEmbedding>(this IEncoder<TEmbedding> encoder, string path)
        where TEmbedding : struct, IEmbedding<TEmbedding> => encoder.EmbedPicture(Picture.Load(path));

    /// <summary>Embeds a picture.</summary>
    /// <param name="encoder">The encoder; its input is an image.</param>
    /// <param name="picture">The picture.</param>
    /// <typeparam name="TEmbedding">The encoder's embedding.</typeparam>
    /// <exception cref="NotSupportedException">The encoder does not read pictures.</exception>
    public static TEmbedding EmbedPicture<TEmbedding>(this IEncoder<TEmbedding> encoder, Picture picture)
        where TEmbedding : struct, IEmbedding<TEmbedding>
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(picture);
        return encoder.Embed(picture.AsInput(encoder.Parameters.Info.Input));
    }
}
