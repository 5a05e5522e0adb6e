using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Generator.Tests.Planning;

/// <summary>Who reads whom, where layers that only pass on are seen through.</summary>
internal sealed class ReadGraph(IReadOnlyList<Layer> layers, Func<Layer, bool> computes)
{
    /// <summary>The layer whose values are the embedding.</summary>
    public int End => Computing(layers.Count - 1);

    /// <summary>All layers.</summary>
    public IReadOnlyList<Layer> Layers => layers;

    /// <summary>What a layer reads.</summary>
    public int Source(Layer layer) => Computing(layer.Source);

    /// <summary>The other branch it reads.</summary>
    public int? Branch(Layer layer) => layer.Branch is { } branch ? Computing(branch) : null;

    /// <summary>The layer whose values a call leaves.</summary>
    public int LastOf(Step step) => IndexOf(step.Fused.LastOrDefault() ?? step.Layer);

    /// <summary>Whether something learns at a layer or before it.</summary>
    public bool IsLearnedBefore(int layer) =>
        layer >= 0 && (layers[layer].Tensors.Count > 0 || IsLearnedBefore(layers[layer].Source) || (layers[layer].Branch is { } branch && IsLearnedBefore(branch)));

    private int IndexOf(Layer layer) => layers.ToList().FindIndex(other => ReferenceEquals(other, layer));

    private int Computing(int layer) => layer < 0 || computes(layers[layer]) ? layer : Computing(layers[layer].Source);
}
