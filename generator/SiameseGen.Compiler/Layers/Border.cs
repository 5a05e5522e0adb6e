using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Layers;

/// <summary>What is put around an image before a kernel or a window slides over it.</summary>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns to the left.</param>
/// <param name="Right">Columns to the right.</param>
internal sealed record Border(int Top, int Bottom, int Left, int Right)
{
    /// <summary>Nothing: the kernel stays inside.</summary>
    public const int Valid = 0;

    /// <summary>As much as keeps the size at stride 1; an odd one goes below and to the right.</summary>
    public const int Same = 1;

    private static readonly string[] Paddings = ["Valid", "Same"];
    /// <summary>The arguments of single sides, in the order in which an architecture's text has them.</summary>
    public static IReadOnlyList<string> OfSides { get; } = ["PadTop", "PadBottom", "PadLeft", "PadRight"];

    private static readonly string[] Sides = ["Pad", "PadTop", "PadBottom", "PadLeft", "PadRight"];

    /// <summary>Whether an attribute says anything about the border.</summary>
    /// <param name="attribute">The attribute.</param>
    public static bool IsSet(AttributeModel attribute) => attribute.Has("Padding") || Sides.Any(attribute.Has);

    /// <summary>Reads <c>Padding</c>, <c>Pad</c> and those of single sides, and checks them.</summary>
    /// <param name="site">Where the layer stands.</param>
    /// <param name="padding">What <c>Padding</c> is when nothing is set.</param>
    /// <param name="reachDown">Rows from the kernel's first to its last.</param>
    /// <param name="reachAcross">Columns from the kernel's first to its last.</param>
    /// <param name="mostDown">Most rows on one side.</param>
    /// <param name="mostAcross">Most columns on one side.</param>
    /// <returns>The border, or null when a problem was reported.</returns>
    public static Border? Resolve(LayerSite site, int padding, int reachDown, int reachAcross, int mostDown, int mostAcross)
    {
        AttributeModel attribute = site.Attribute;
        int? member = site.Problems.Member(attribute, "Padding", "Padding", Paddings, padding);
        if (!Sides.Any(attribute.Has))
        {
            if (member is null)
                return null;
            (int rows, int columns) = member == Same ? (reachDown, reachAcross) : (0, 0);
            return new Border(rows / 2, rows - (rows / 2), columns / 2, columns - (columns / 2));
        }

        bool agrees = site.Problems.Contradiction(attribute, "Padding", Sides.First(attribute.Has));

        // More than the kernel reaches would give outputs that see nothing of the image.
        var most = new Border(mostDown, mostDown, mostAcross, mostAcross);
        int shared = Sides.Skip(1).Where(side => !attribute.Has(side)).Select(most.Of).DefaultIfEmpty(mostDown).Min();
        int? all = site.Problems.Size(attribute, "Pad", 0, shared, lowest: 0);
        int?[] sides = [.. Sides.Skip(1).Select(side => attribute.Has(side) ? site.Problems.Size(attribute, side, 0, most.Of(side), lowest: 0) : all)];
        return !agrees || sides.Any(side => side is null) ? null : new Border(sides[0]!.Value, sides[1]!.Value, sides[2]!.Value, sides[3]!.Value);
    }

    private int Of(string side) => side is "PadTop" or "PadBottom" ? Top : Left;
}
