using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>Where the kernel of a convolution comes to lie on an image: arguments, checks and the shape rule of all layers that have one.</summary>
/// <param name="Image">The image that arrives.</param>
/// <param name="Down">Along its rows.</param>
/// <param name="Across">Along its columns.</param>
internal sealed record KernelPlaces(Shape Image, KernelSide Down, KernelSide Across)
{
    /// <summary>Rows of the output.</summary>
    public int Rows => Down.Places;

    /// <summary>Columns of the output.</summary>
    public int Columns => Across.Places;

    /// <summary>Pixels from one place of the kernel to the next.</summary>
    public int Stride => Down.Stride;

    /// <summary>Pixels from one tap of the kernel to the next.</summary>
    public int Dilation => Down.Dilation;

    /// <summary>A part of <see cref="Layer.Architecture"/>. What has its default is left out, so that files of weights outlive new arguments.</summary>
    public string Architecture
    {
        get
        {
            bool isSquare = Down.Taps == Across.Taps, isEven = Down.Before == Across.Before && Down.After == Across.After;
            string kernel = isSquare ? Text.Number(Down.Taps) : Invariant($"{Down.Taps}x{Across.Taps}");
            string border = Invariant($"{Down.Before} {Down.After}") + (isEven ? "" : Invariant($" {Across.Before} {Across.After}"));
            return Invariant($"kernel {kernel} stride {Stride} pad {border}") + (Dilation == 1 ? "" : Invariant($" dilation {Dilation}"));
        }
    }

    /// <summary>Reads <c>Kernel</c>, <c>Stride</c>, <c>Dilation</c> and the border, and checks them.</summary>
    /// <param name="site">Where the layer stands.</param>
    /// <param name="padding">What <c>Padding</c> is when it is not set.</param>
    /// <returns>The places, or null when a problem was reported.</returns>
    public static KernelPlaces? Resolve(LayerSite site, int padding)
    {
        AttributeModel attribute = site.Attribute;
        int before = site.Problems.Count;
        int? kernel = site.Problems.Size(attribute, "Kernel", 3, Limits.Kernel);
        int? height = attribute.Has("KernelHeight") ? site.Problems.Size(attribute, "KernelHeight", 0, Limits.Kernel) : kernel;
        int? width = attribute.Has("KernelWidth") ? site.Problems.Size(attribute, "KernelWidth", 0, Limits.Kernel) : kernel;
        int? stride = site.Problems.Size(attribute, "Stride", 1, Limits.Stride);
        int? dilation = site.Problems.Size(attribute, "Dilation", 1, Limits.Kernel);
        if (attribute.Has("KernelHeight") && attribute.Has("KernelWidth"))
            site.Problems.Contradiction(attribute, "Kernel", "KernelHeight and KernelWidth");
        Shape? image = site.ArrivingImage();
        if (height is null || width is null || dilation is null)
            return null;

        // A kernel of one tap has nothing to spread.
        int reachDown = (height.Value - 1) * dilation.Value, reachAcross = (width.Value - 1) * dilation.Value;
        Border? border = Border.Resolve(site, padding, reachDown, reachAcross, reachDown, reachAcross);
        if (site.Problems.Count != before || stride is null || border is null || image is not { } input)
            return null;
        int spread = reachDown + reachAcross == 0 ? 1 : dilation.Value;
        var places = new KernelPlaces(
            input, new KernelSide(input.Height, height.Value, stride.Value, spread, border.Top, border.Bottom),
            new KernelSide(input.Width, width.Value, stride.Value, spread, border.Left, border.Right));
        return places.Fit(site) ? places : null;
    }

    /// <summary>Reads <see cref="Architecture"/>.</summary>
    /// <param name="line">The line of a convolution.</param>
    /// <returns>The attribute's arguments.</returns>
    public static IEnumerable<ArgumentModel> Read(ArchitectureLine line)
    {
        line.Expect("kernel");
        int[] kernel = line.Sizes();
        line.Expect("stride");
        int stride = line.Int();
        line.Expect("pad");
        int top = line.Int(), bottom = line.Int();
        bool isEven = line.Comes("dilation") || line.Comes("groups") || line.Comes("bias");
        (int left, int right) = isEven ? (top, bottom) : (line.Int(), line.Int());
        List<ArgumentModel> arguments =
        [
            new("KernelHeight", kernel[0]), new("KernelWidth", kernel[kernel.Length - 1]), new("Stride", stride), new("PadTop", top), new("PadBottom", bottom),
            new("PadLeft", left), new("PadRight", right),
        ];
        if (line.TakeIf("dilation"))
            arguments.Add(new("Dilation", line.Int()));
        return arguments;
    }

    private bool Fit(LayerSite site)
    {
        if (Down.Fits && Across.Fits)
            return true;
        string taps = Invariant($"{Down.Taps}×{Across.Taps}"), kernel = Dilation == 1 ? taps : Invariant($"{Down.Reach + 1}×{Across.Reach + 1} ({taps}, dilated)");
        int largest = Math.Min(Image.Height, Image.Width);
        string argument = !Down.Fits && site.Attribute.Has("KernelHeight") ? "KernelHeight" : !Across.Fits && site.Attribute.Has("KernelWidth") ? "KernelWidth" : "Kernel";
        string what = Dilation == 1 ? Invariant($"use a kernel of at most {largest}×{largest}") : "use a smaller kernel or Dilation";
        site.Problems.Report(
            ProblemIds.KernelTooLarge, site.Attribute, argument, Text.Brief(site.Attribute), kernel, Image.ToString(),
            $"{what}, Padding.Same, or fewer strides and pooling layers before it");
        return false;
    }
}
