using SiameseGen.Compiler.Model;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>What windows that slide over an image have in common: arguments, checks and the shape rule.</summary>
internal static class Pooling
{
    /// <summary>Checks a layer and makes it.</summary>
    /// <param name="site">Where it stands.</param>
    /// <param name="lowering">What it does.</param>
    /// <returns>The layer, or null when a problem was reported.</returns>
    public static Layer? Resolve(LayerSite site, Lowering lowering)
    {
        AttributeModel attribute = site.Attribute;
        int? size = site.Problems.Size(attribute, "size", 0, Limits.Side);
        int? stride = attribute.Has("Stride") ? site.Problems.Size(attribute, "Stride", 0, Limits.Stride) : size;
        Shape? image = site.ArrivingImage();
        if (size is null || stride is null || image is not { } input)
            return null;

        if (size > input.Height || size > input.Width)
        {
            int largest = Math.Min(input.Height, input.Width);
            string remedy = largest == 1
                ? "remove it, or a pooling layer before it"
                : Invariant($"use a window of at most {largest}×{largest} or remove a pooling layer");
            site.Problems.Report(ProblemIds.NothingLeft, attribute, "size", Text.Brief(attribute), Invariant($"{size}×{size}"), input.ToString(), remedy);
            return null;
        }

        // Rows and columns that do not fill a window are left out.
        int rows = ((input.Height - size.Value) / stride.Value) + 1, columns = ((input.Width - size.Value) / stride.Value) + 1;
        var output = Shape.Image(rows, columns, input.Channels);
        string sizes = Invariant($"Height: {input.Height}, Width: {input.Width}, Channels: {input.Channels}, WindowHeight: {size}, WindowWidth: {size}, ")
            + Invariant($"Stride: {stride}, OutputHeight: {rows}, OutputWidth: {columns}");
        string architecture = Invariant($"{attribute.Kind.ToLowerInvariant()} {size} stride {stride} -> {rows}x{columns}x{input.Channels}");
        return site.Make(output, architecture, lowering) with { Constants = [new Constant("Shape", "Pool2DShape", sizes)] };
    }
}
