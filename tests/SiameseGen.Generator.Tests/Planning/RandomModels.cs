using System.Globalization;

namespace SiameseGen.Generator.Tests.Planning;

/// <summary>Valid models at random, as attributes.</summary>
internal static class RandomModels
{
    private static readonly string[] AnyShape = ["BatchNorm", "ReLU", "LeakyReLU(Slope = 0.2f)", "Sigmoid", "Tanh", "Dropout(0.3f)", "BatchNorm", "ReLU"];

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
        List<string> attributes =
        [
            image ? string.Create(CultureInfo.InvariantCulture, $"Image({side}, {side}, Channels = {random.Next(1, 4)})") : $"Features({random.Next(1, 40)})",
        ];
        for (int layers = random.Next(1, 14); layers > 0; layers--)
        {
            switch (random.Next(image ? 7 : 4))
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
        return $"[{string.Join(", ", attributes)}]";
    }
}
