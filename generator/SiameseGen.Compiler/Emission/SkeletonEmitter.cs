using SiameseGen.Compiler.Losses;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Emission;

/// <summary>
/// Writes the members of an encoder that has mistakes, without anything in them: what the rest of the project says to the encoder keeps its meaning, and the
/// mistakes are the only errors that show.
/// </summary>
internal static class SkeletonEmitter
{
    /// <summary>Writes the file.</summary>
    /// <param name="model">What the user declared.</param>
    public static string Of(EncoderModel model)
    {
        string name = Code.Identifier(model.Name);
        string failure = $"throw new global::System.InvalidOperationException(\"{model.Name} has mistakes, which the compiler reports.\")";
        string[] losses = [.. model.Attributes.Select(attribute => LossCatalogue.Named(attribute.Kind)?.Type).OfType<string>().Distinct()];
        string loss = losses.Length == 0 ? "" : $$"""
            /// <summary>The declared loss, once the mistakes are mended.</summary>
            public static {{(losses.Length == 1 ? losses[0] : "global::SiameseGen.Losses.EmbeddingLoss")}} Loss => {{failure}};
            """;
        string members = $$"""
            /// <summary>The layers, once the mistakes are mended.</summary>
            public const string Summary = "";

            /// <inheritdoc/>
            public static global::SiameseGen.EncoderInfo Info => {{failure}};

            /// <summary>Makes an encoder, once the mistakes are mended.</summary>
            /// <param name="seed">Equal seeds give equal weights.</param>
            public {{name}}(int seed = 0) => {{failure}};

            /// <inheritdoc/>
            public global::SiameseGen.Parameters Parameters => {{failure}};

            /// <inheritdoc/>
            public static global::SiameseGen.Distance Distance(in Embedding left, in Embedding right) => {{failure}};

            /// <inheritdoc/>
            public static global::SiameseGen.Similarity Similarity(in Embedding left, in Embedding right) => {{failure}};

            /// <summary>Embeds one input, once the mistakes are mended.</summary>
            /// <param name="input">The input.</param>
            public Embedding Embed(in Input input) => {{failure}};

            /// <inheritdoc/>
            public Embedding Embed(global::System.ReadOnlySpan<float> input) => {{failure}};

            /// <inheritdoc/>
            public Embedding Embed(global::System.ReadOnlySpan<byte> input) => {{failure}};

            /// <summary>Writes weights to a file, once the mistakes are mended.</summary>
            /// <param name="path">The file.</param>
            public void Save(string path) => {{failure}};

            /// <summary>Reads weights of a file, once the mistakes are mended.</summary>
            /// <param name="path">The file.</param>
            public static {{name}} Load(string path) => {{failure}};

            void global::SiameseGen.IEncoder.Embed(global::System.ReadOnlySpan<float> input, global::System.Span<float> embedding) => {{failure}};

            static void global::SiameseGen.IEncoder.Forward(global::SiameseGen.TrainingPass pass) => {{failure}};

            static void global::SiameseGen.IEncoder.Backward(global::SiameseGen.TrainingPass pass) => {{failure}};

            static void global::SiameseGen.IEncoder.Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) => {{failure}};

            static void global::SiameseGen.IEncoder.Infer(global::SiameseGen.InferencePass pass) => {{failure}};
            """;
        string documentation = model.IsDocumented ? "" : "/// <summary>An encoder, once the mistakes in its attributes are mended.</summary>\n";
        string type = $"{documentation}partial class {name} : global::SiameseGen.IEncoder<{EncoderEmitter.FullName(model)}.Embedding>\n"
            + $"{{\n{Code.Indent(Code.Blocks([loss, members, InputEmitter.Of(model.Name, Layers.Shape.Vector(1)), EmbeddingEmitter.Of(model.Name, 1)]), 1)}\n}}";
        return EncoderEmitter.File(model, $"{model.MetadataName} has mistakes, which the compiler reports. Until they are mended, its members are here without anything in them.", type);
    }
}
