using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers;

/// <summary>One kind of input.</summary>
/// <param name="name">The attribute's name without <c>Attribute</c>.</param>
internal abstract class InputKind(string name)
{
    /// <summary>All kinds of inputs.</summary>
    public static IReadOnlyList<InputKind> All { get; } = [new ImageInput(), new FeaturesInput()];

    /// <summary>The attribute's name without <c>Attribute</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The first word of its line in an architecture's text.</summary>
    public string Keyword => Name.ToLowerInvariant();

    /// <summary>The kind of that name; null when it is no input.</summary>
    /// <param name="name">The attribute's name without <c>Attribute</c>.</param>
    public static InputKind? Named(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Checks arguments and says what the encoder reads.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="problems">Receives problems.</param>
    /// <returns>The shape, or null when a problem was reported.</returns>
    public abstract Shape? Resolve(AttributeModel attribute, ProblemList problems);

    /// <summary>Reads what follows the keyword: the inverse of what <see cref="Graph.Architecture"/> writes.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The attribute's arguments.</returns>
    public abstract IEnumerable<ArgumentModel> Read(ArchitectureLine line);

    private sealed class ImageInput() : InputKind("Image")
    {
        public override Shape? Resolve(AttributeModel attribute, ProblemList problems)
        {
            int? height = problems.Size(attribute, "height", 0, Limits.Side);
            int? width = problems.Size(attribute, "width", 0, Limits.Side);
            int? channels = problems.Size(attribute, "Channels", 1, Limits.Channels);
            if (height is null || width is null || channels is null)
                return null;
            var shape = Shape.Image(height.Value, width.Value, channels.Value);
            if (shape.Count <= Shape.MaxLength)
                return shape;
            problems.TooLarge(attribute, "values", shape.Count, Shape.MaxLength);
            return null;
        }

        public override IEnumerable<ArgumentModel> Read(ArchitectureLine line)
        {
            int[] sizes = line.Sizes();
            return sizes.Length == 3
                ? [new("height", sizes[0]), new("width", sizes[1]), new("Channels", sizes[2])]
                : throw line.Broken("height, width and channels were expected");
        }
    }

    private sealed class FeaturesInput() : InputKind("Features")
    {
        public override Shape? Resolve(AttributeModel attribute, ProblemList problems) =>
            problems.Size(attribute, "count", 0, Limits.Features) is { } count ? Shape.Vector(count) : null;

        public override IEnumerable<ArgumentModel> Read(ArchitectureLine line) => [new("count", line.Int())];
    }
}
