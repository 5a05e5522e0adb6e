using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Images;

/// <summary>What chance has made of an augmentation's limits for one picture. Always as many numbers are drawn, so that one setting does not change what another draws.</summary>
internal readonly ref struct AugmentationDraw
{
    /// <summary>Draws.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="shape">The shape of the changed picture.</param>
    /// <param name="random">The only source of chance.</param>
    public AugmentationDraw(ImageAugmentation limits, InputShape shape, ref CounterRandom random)
    {
        float turn = Within(limits.Rotation, ref random), size = Within(limits.Scale, ref random), aspect = Within(limits.Aspect, ref random);
        float shear = Within(limits.Shear, ref random), right = Within(limits.Shift, ref random), down = Within(limits.Shift, ref random);
        bool mirrored = (random.NextSingle() < limits.FlipChance) & limits.FlipHorizontally, upsideDown = (random.NextSingle() < limits.FlipChance) & limits.FlipVertically;
        Thicker = Within(limits.Thickness, ref random);
        Factor = 1f + Within(limits.Contrast, ref random);
        Addend = Within(limits.Brightness, ref random);
        SquareSide = (int)((limits.Cutout * Math.Min(shape.Height, shape.Width)) + 0.5f);
        SquareColumn = random.NextInt32(shape.Width) - (SquareSide / 2);
        SquareRow = random.NextInt32(shape.Height) - (SquareSide / 2);
        Moves = turn != 0f || size != 0f || aspect != 0f || shear != 0f || right != 0f || down != 0f || mirrored || upsideDown;

        // Two exponentials in one go: half of the aspect widens, half of it lowers.
        Vector256<float> factors = Exponential.Exp(Vector256.Create(size + (aspect / 2f), size - (aspect / 2f), 0f, 0f, 0f, 0f, 0f, 0f));
        Map = PlaneMap.Back(
            turn, mirrored ? -factors[0] : factors[0], upsideDown ? -factors[1] : factors[1], shear, (double)right * shape.Width, (double)down * shape.Height);
    }

    /// <summary>Where pixels come from.</summary>
    public PlaneMap Map { get; }

    /// <summary>Whether they come from elsewhere.</summary>
    public bool Moves { get; }

    /// <summary>How many pixels edges move outwards.</summary>
    public float Thicker { get; }

    /// <summary>What differences from the mean are multiplied by.</summary>
    public float Factor { get; }

    /// <summary>What is added.</summary>
    public float Addend { get; }

    /// <summary>Rows and columns of the square that is painted over.</summary>
    public int SquareSide { get; }

    /// <summary>Its first column.</summary>
    public int SquareColumn { get; }

    /// <summary>Its first row.</summary>
    public int SquareRow { get; }

    private static float Within(float most, ref CounterRandom random) => random.NextSingle(-most, most);
}
