using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
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
        (string down, string across) = attribute.Has("height") ? ("height", "width") : ("size", "size");
        int? height = site.Problems.Size(attribute, down, 0, Limits.Side), width = down == across ? height : site.Problems.Size(attribute, across, 0, Limits.Side);
        int? stride = attribute.Has("Stride") ? site.Problems.Size(attribute, "Stride", 0, Limits.Stride) : height;
        int? strideAcross = attribute.Has("Stride") ? stride : width;
        Shape? image = site.ArrivingImage();
        if (height is null || width is null || stride is null || strideAcross is null || image is not { } input)
            return null;

        // As in PyTorch, a border is at most half a window, so that every window sees something of the image.
        Border? border = Border.Resolve(site, Border.Valid, height.Value - 1, width.Value - 1, height.Value / 2, width.Value / 2);
        if (border is null)
            return null;
        var rows = new KernelSide(input.Height, height.Value, stride.Value, 1, border.Top, border.Bottom);
        var columns = new KernelSide(input.Width, width.Value, strideAcross.Value, 1, border.Left, border.Right);
        if (!rows.Fits || !columns.Fits)
        {
            // Of a square window both sides have to fit, of another one the side that does not.
            int largest = down == across ? Math.Min(input.Height, input.Width) : rows.Fits ? input.Width : input.Height;
            string remedy = largest == 1
                ? "remove it, or a pooling layer before it"
                : down == across
                    ? Invariant($"use a window of at most {largest}×{largest} or remove a pooling layer")
                    : Invariant($"use a {(rows.Fits ? across : down)} of at most {largest} or remove a pooling layer");
            site.Problems.Report(
                ProblemIds.NothingLeft, attribute, rows.Fits ? across : down, Text.Brief(attribute), Invariant($"{height}×{width}"), input.ToString(), remedy);
            return null;
        }

        return Make(site, lowering, input, rows, columns);
    }

    /// <summary>Reads a window from an architecture's text.</summary>
    /// <param name="line">The line of a pooling layer.</param>
    /// <returns>The attribute's arguments.</returns>
    public static IEnumerable<ArgumentModel> Read(ArchitectureLine line)
    {
        int[] window = line.Sizes();
        List<ArgumentModel> arguments = window.Length == 1 ? [new("size", window[0])] : [new("height", window[0]), new("width", window[window.Length - 1])];
        line.Expect("stride");

        // Two strides are those of windows side by side, which no argument asks for.
        int[] strides = line.Sizes();
        if (strides.Length == 1)
            arguments.Add(new("Stride", strides[0]));
        if (line.TakeIf("pad"))
            arguments.AddRange(Border.OfSides.Select(side => new ArgumentModel(side, line.Int())));
        return arguments;
    }

    private static Layer Make(LayerSite site, Lowering lowering, Shape input, KernelSide rows, KernelSide columns)
    {
        bool isSquare = rows.Taps == columns.Taps, isPadded = rows.Before + rows.After + columns.Before + columns.After > 0;
        string sizes = Invariant($"Height: {input.Height}, Width: {input.Width}, Channels: {input.Channels}, WindowHeight: {rows.Taps}, WindowWidth: {columns.Taps}, ")
            + Invariant($"Stride: {rows.Stride}, OutputHeight: {rows.Places}, OutputWidth: {columns.Places}")
            + (isPadded ? Invariant($", PadTop: {rows.Before}, PadLeft: {columns.Before}") : "")
            + (rows.Stride == columns.Stride ? "" : Invariant($", StrideAcross: {columns.Stride}"));

        // What has its default is left out, so that files of weights outlive new arguments.
        string window = isSquare ? Text.Number(rows.Taps) : Invariant($"{rows.Taps}x{columns.Taps}");
        string stride = rows.Stride == columns.Stride ? Text.Number(rows.Stride) : Invariant($"{rows.Stride}x{columns.Stride}");
        string border = isPadded ? Invariant($" pad {rows.Before} {rows.After} {columns.Before} {columns.After}") : "";
        string architecture = Invariant($"{site.Attribute.Kind.ToLowerInvariant()} {window} stride {stride}{border} -> {rows.Places}x{columns.Places}x{input.Channels}");
        return site.Make(Shape.Image(rows.Places, columns.Places, input.Channels), architecture, lowering) with
        {
            Constants = [new Constant("Shape", "Pool2DShape", sizes)],
            IsPlainMaxPool = site.Attribute.Kind == "MaxPool2D" && !isPadded && rows is { Taps: 2, Stride: 2 } && columns is { Taps: 2, Stride: 2 },
        };
    }
}
