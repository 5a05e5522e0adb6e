using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Losses;
using SiameseGen.Compiler.Model;
using static System.FormattableString;

namespace SiameseGen.Compiler.Planning;

/// <summary>A valid model with all shapes known: an input and layers, in an order in which each comes after those it reads.</summary>
/// <param name="Model">What the user declared.</param>
/// <param name="InputAttribute">The input's attribute.</param>
/// <param name="Input">The shape of one input.</param>
/// <param name="Layers">The layers, at least one.</param>
/// <param name="Loss">The declared loss.</param>
internal sealed record Graph(EncoderModel Model, AttributeModel InputAttribute, Shape Input, IReadOnlyList<Layer> Layers, Loss? Loss)
{
    /// <summary>Stands for the encoder's input where otherwise the index of a layer is.</summary>
    public const int InputIndex = -1;

    /// <summary>Floats in one embedding.</summary>
    public int EmbeddingLength => Layers[Layers.Count - 1].Output.Length;

    /// <summary>
    /// The canonical text of what weights mean: encoders with equal texts have the same tensors and embed alike with the same weights. The loss,
    /// dropout and the momentum of running statistics are no part of it.
    /// </summary>
    public IEnumerable<string> Architecture
    {
        get
        {
            yield return Input.IsImage ? Invariant($"image {Input.Height}x{Input.Width}x{Input.Channels}") : Invariant($"features {Input.Channels}");

            // Numbers of lines, from 0 for the input. A layer without a line passes on what it reads.
            Dictionary<int, int> lines = new() { [InputIndex] = 0 };
            int line = 0;
            for (int i = 0; i < Layers.Count; i++)
            {
                Layer layer = Layers[i];
                if (layer.Architecture.Length == 0)
                {
                    lines[i] = lines[layer.Source];
                    continue;
                }

                string from = lines[layer.Source] == line ? "" : Invariant($"from {lines[layer.Source]}: ");
                string with = layer.Branch is { } branch ? Invariant($" with {lines[branch]}") : "";
                yield return from + layer.Architecture + with;
                lines[i] = ++line;
            }
        }
    }

    /// <summary>Multiply-adds of one item's inference.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);
}
