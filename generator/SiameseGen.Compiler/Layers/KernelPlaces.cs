using SiameseGen.Compiler.Model;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>Where the kernel of a convolution comes to lie on an image: arguments, checks and the shape rule of all layers that have one.</summary>
/// <param name="Image">The image that arrives.</param>
/// <param name="Kernel">Rows and columns of the kernel.</param>
/// <param name="Stride">Its step.</param>
/// <param name="Zeros">Rows of zeros above and below, and columns of them to the left and right.</param>
internal sealed record KernelPlaces(Shape Image, int Kernel, int Stride, int Zeros)
{
    /// <summary>Without zeros: the kernel stays inside.</summary>
    public const int Valid = 0;

    /// <summary>As many zeros as keep the size at stride 1.</summary>
    public const int Same = 1;

    private static readonly string[] Paddings = ["Valid", "Same"];

    /// <summary>Zero rows above, and zero columns to the left: an odd one goes below and to the right.</summary>
    public int Pad => Zeros / 2;

    /// <summary>Rows of the output.</summary>
    public int Rows => ((Image.Height + Zeros - Kernel) / Stride) + 1;

    /// <summary>Columns of the output.</summary>
    public int Columns => ((Image.Width + Zeros - Kernel) / Stride) + 1;

    /// <summary>A part of <see cref="Layer.Architecture"/>.</summary>
    public string Architecture => Invariant($"kernel {Kernel} stride {Stride} pad {Pad} {Zeros - Pad}");

    /// <summary>Reads <c>Kernel</c>, <c>Stride</c> and <c>Padding</c>, and checks them.</summary>
    /// <param name="site">Where the layer stands.</param>
    /// <param name="padding">What <c>Padding</c> is when it is not set.</param>
    /// <returns>The places, or null when a problem was reported.</returns>
    public static KernelPlaces? Resolve(LayerSite site, int padding)
    {
        AttributeModel attribute = site.Attribute;
        int? kernel = site.Problems.Size(attribute, "Kernel", 3, Limits.Kernel);
        int? stride = site.Problems.Size(attribute, "Stride", 1, Limits.Stride);
        int? border = site.Problems.Member(attribute, "Padding", "Padding", Paddings, padding);
        Shape? image = site.ArrivingImage();
        if (kernel is null || stride is null || border is null || image is not { } input)
            return null;

        int zeros = border == Same ? kernel.Value - 1 : 0;
        if (kernel <= input.Height + zeros && kernel <= input.Width + zeros)
            return new KernelPlaces(input, kernel.Value, stride.Value, zeros);
        int largest = Math.Min(input.Height, input.Width);
        site.Problems.Report(
            ProblemIds.KernelTooLarge, attribute, "Kernel", Text.Brief(attribute), Invariant($"{kernel}×{kernel}"), input.ToString(),
            Invariant($"use a kernel of at most {largest}×{largest}, Padding.Same, or fewer strides and pooling layers before it"));
        return null;
    }
}
