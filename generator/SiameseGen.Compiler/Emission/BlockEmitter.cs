using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Emission;

/// <summary>Writes the generated part of a block: its layers as documentation, which is all that a block has of its own.</summary>
internal static class BlockEmitter
{
    /// <summary>Writes the file.</summary>
    /// <param name="model">A model whose attributes are the block's.</param>
    public static string Of(EncoderModel model)
    {
        string layers = string.Join(", ", model.Attributes.Select(attribute => Brief(attribute, model)));
        string text = $"""
            /// <summary>A block: {layers}.</summary>
            partial class {Code.Identifier(model.Name)};
            """;
        return EncoderEmitter.File(model, $"The part of {model.MetadataName} that SiameseGen wrote: its documentation.", text);
    }

    private static string Brief(AttributeModel attribute, EncoderModel model) => attribute.Blocks.Count == 0
        ? Text.Brief(attribute)
        : Text.Brief(attribute).Insert(attribute.Kind.Length, $" of {string.Join(" and ", attribute.Blocks.Select(block => model.Blocks[block].Name))}");
}
