using System.Globalization;

namespace SiameseGen.Generator.Tests.Planning;

/// <summary>Valid models at random, as attributes, with blocks before them.</summary>
internal static class RandomModels
{
    private static readonly string[] AnyShape = ["BatchNorm", "ReLU", "LeakyReLU(Slope = 0.2f)", "Sigmoid", "Tanh", "Dropout(0.3f)", "BatchNorm", "ReLU", "PReLU", "GELU", "Softplus", "LayerNorm", "Invert"];

    /// <summary>Makes models.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Equal seeds give equal models.</param>
    public static IEnumerable<string> Make(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
            yield return Make(random);
    }

    private static string Make(Random random)
    {
        bool image = random.Next(3) > 0;
        int side = random.Next(1, 20);
        List<string> blocks = [];
        List<string> attributes =
        [
            image ? string.Create(CultureInfo.InvariantCulture, $"Image({side}, {side}, Channels = {random.Next(1, 4)})") : $"Features({random.Next(1, 40)})",
        ];
        for (int layers = random.Next(1, 14); layers > 0; layers--)
        {
            switch (random.Next(image ? 10 : 6))
            {
                case 0 or 1:
                    attributes.Add(AnyShape[random.Next(AnyShape.Length)]);
                    break;
                case 2 when !image:
                    attributes.Add("L2Normalize");
                    break;
                case 3 when !image:
                    attributes.Add($"Dense({random.Next(1, 40)})");
                    break;
                case 2 or 3:
                    attributes.Add($"Conv2D({random.Next(1, 9)}, Kernel = {random.Next(1, 4)}, Padding = Padding.Same)");
                    break;
                case 4 or 5 when !image:
                case 7 or 8:
                    attributes.Add(Residual(random, image, blocks));
                    break;
                case 9:
                    attributes.Add(random.Next(2) == 0 ? "SqueezeExcite(2)" : $"SeparableConv2D({random.Next(1, 9)}, Kernel = {random.Next(1, 4)}, Padding = Padding.Same)");
                    break;
                case 4:
                    attributes.Add($"DepthwiseConv2D(Kernel = {random.Next(1, 4)})");
                    break;
                case 5 when side > 1:
                    attributes.Add(random.Next(2) == 0 ? "MaxPool2D(2)" : "AvgPool2D(2)");
                    side /= 2;
                    break;
                default:
                    attributes.Add(random.Next(3) == 0 ? "GlobalAvgPool" : "Flatten");
                    image = false;
                    break;
            }
        }

        if (image)
            attributes.Add("Flatten");
        return $"{string.Concat(blocks)}[{string.Join(", ", attributes)}]";
    }

    // Blocks that keep any shape or all make the same, and may have an earlier one within.
    private static string Residual(Random random, bool image, List<string> blocks)
    {
        bool projected = random.Next(3) == 0;
        int units = random.Next(1, 9);
        string Layers()
        {
            List<string> layers = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyShape[random.Next(AnyShape.Length)])];
            if (image && random.Next(2) == 0)
                layers.Insert(random.Next(layers.Count), "DepthwiseConv2D");
            if (image && random.Next(3) == 0)
                layers.Insert(random.Next(layers.Count), "SqueezeExcite(2)");
            if (blocks.Count > 0 && random.Next(2) == 0 && Last(projected: false) is { } inner)
                layers.Insert(random.Next(layers.Count), $"Residual<{inner}>");
            if (projected)
                layers.Insert(random.Next(layers.Count), image ? $"Conv2D({units}, Kernel = 1)" : $"Dense({units})");
            return string.Join(", ", layers);
        }

        string kind = (image ? "I" : "V") + (projected ? "P" : "K");
        string Add()
        {
            string name = $"{kind}{blocks.Count}";
            blocks.Add($"[Block, {Layers()}] class {name}; ");
            return name;
        }

        string? Last(bool projected) =>
            blocks.Select(block => block.Split(' ')[^2].TrimEnd(';')).LastOrDefault(name => name[0] == (image ? 'I' : 'V') && name[1] == (projected ? 'P' : 'K'));
        return projected ? $"Residual<{Add()}, {Add()}>" : $"Residual<{Add()}>";
    }
}
