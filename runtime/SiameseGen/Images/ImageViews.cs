namespace SiameseGen.Images;

/// <summary>Views that have served well.</summary>
public static class ImageViews
{
    /// <summary>
    /// Thirteen: the picture as it is; turned by 7° and scaled, sheared, shifted to each side and stretched a little, each both ways. For pictures without a preferred direction of light or ink.
    /// </summary>
    public static IReadOnlyList<ImageWarp> Slight { get; } =
    [
        new(),
        new() { Rotation = -7f }, new() { Rotation = 7f },
        new() { Scale = 0.93f }, new() { Scale = 1.07f },
        new() { Shear = -0.12f }, new() { Shear = 0.12f },
        new() { ShiftRight = -0.03f }, new() { ShiftRight = 0.03f },
        new() { ShiftDown = -0.03f }, new() { ShiftDown = 0.03f },
        new() { Aspect = 0.93f }, new() { Aspect = 1.07f },
    ];
}
