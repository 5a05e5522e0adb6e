using System.Globalization;

namespace SiameseGen.Persistence;

/// <summary>An image whose values a tensor runs over, as one vector.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Channels.</param>
internal readonly record struct FlattenedImage(int Height, int Width, int Channels);

/// <summary>Finds out from an architecture's text which layers read an image that was flattened, whose values other frameworks have in another order.</summary>
internal static class FlattenedImages
{
    private static readonly string[] WithWeights = ["conv2d", "depthwiseconv2d", "dense", "batchnorm", "layernorm", "groupnorm", "prelu", "gempool"];

    /// <summary>What each layer with weights reads, in the order of the layers.</summary>
    /// <param name="architecture">The text of <see cref="EncoderInfo.Architecture"/>.</param>
    /// <returns>The image that was flattened into what arrives; null where none was.</returns>
    public static List<FlattenedImage?> Of(string architecture)
    {
        string[] lines = architecture.Split("; ");
        List<Value> values = [new(Image(lines[0].Split(' ')[^1]), null)];
        List<FlattenedImage?> layers = [];
        foreach (string line in lines.Skip(1))
        {
            // "from 2: add with 3": what is after "with" has the same shape.
            string[] words = line.Split(' ');
            bool isFrom = words[0] == "from";
            Value source = values[isFrom ? int.Parse(words[1].TrimEnd(':'), CultureInfo.InvariantCulture) : ^1];
            string keyword = words[isFrom ? 2 : 0];
            int arrow = Array.IndexOf(words, "->");
            if (WithWeights.Contains(keyword))
                layers.Add(source.Flattened);
            values.Add(
                keyword == "flatten" ? new Value(null, source.Image)
                : arrow < 0 ? source
                : new Value(Image(words[arrow + 1]), null));
        }

        return layers;
    }

    private static FlattenedImage? Image(string sizes) => sizes.Split('x') is [string height, string width, string channels]
        ? new FlattenedImage(Number(height), Number(width), Number(channels))
        : null;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // What flows after a line: an image, or a vector that was one.
    private readonly record struct Value(FlattenedImage? Image, FlattenedImage? Flattened);
}
