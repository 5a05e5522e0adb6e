using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Losses;
using SiameseGen.Compiler.Model;
using static System.FormattableString;

namespace SiameseGen.Compiler.Planning;

/// <summary>A valid model with all shapes known: an input and layers, each of which reads the one before it.</summary>
/// <param name="Model">What the user declared.</param>
/// <param name="InputAttribute">The input's attribute.</param>
/// <param name="Input">The shape of one input.</param>
/// <param name="Layers">The layers, at least one.</param>
/// <param name="Loss">The declared loss.</param>
internal sealed record Graph(EncoderModel Model, AttributeModel InputAttribute, Shape Input, IReadOnlyList<Layer> Layers, Loss? Loss)
{
    /// <summary>Floats in one embedding.</summary>
    public int EmbeddingLength => Layers[Layers.Count - 1].Output.Length;

    /// <summary>
    /// The canonical text of what weights mean: encoders with equal texts have the same tensors and embed alike with the same weights. The loss,
    /// dropout and the momentum of running statistics are no part of it.
    /// </summary>
    public IEnumerable<string> Architecture =>
        new[] { Input.IsImage ? Invariant($"image {Input.Height}x{Input.Width}x{Input.Channels}") : Invariant($"features {Input.Channels}") }
            .Concat(Layers.Select(layer => layer.Architecture).Where(text => text.Length > 0));

    /// <summary>Multiply-adds of one item's inference.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);
}
