using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Layers;

/// <summary>How training treats a layer's weights: the options of every attribute of a layer that learns.</summary>
internal static class LearningOptions
{
    private const float Largest = 1000f;
    private static readonly string[] Names = ["Frozen", "LearningRateFactor", "WeightDecayFactor"];

    /// <summary>Gives a layer's tensors the options of its attribute.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="problems">Receives problems.</param>
    public static Layer Apply(Layer layer, ProblemList problems)
    {
        if (layer.Tensors.Count == 0)
            return layer;
        AttributeModel attribute = layer.Attribute;
        bool frozen = attribute.Get("Frozen", false);
        float? rate = problems.Value(attribute, "LearningRateFactor", 1f, "(0, 1000]", value => value is > 0f and <= Largest);
        float? decay = problems.Value(attribute, "WeightDecayFactor", 1f, "[0, 1000]", value => value is >= 0f and <= Largest);
        return layer with
        {
            Tensors =
            [
                .. layer.Tensors.Select(tensor => tensor with
                {
                    IsFrozen = frozen && tensor.IsTrainable,
                    LearningRateFactor = tensor.IsTrainable ? rate ?? 1f : 1f,
                    WeightDecayFactor = tensor.Role == TensorRole.Weight ? decay ?? 1f : 1f,
                }),
            ],
        };
    }

    /// <summary>Hands the options of an attribute that stands for several layers to one of them, which may have its own.</summary>
    /// <param name="part">The attribute of the layer.</param>
    /// <param name="whole">The attribute that stands for several.</param>
    public static AttributeModel Inherit(AttributeModel part, AttributeModel whole) => part with
    {
        Arguments = part.Arguments.Concat(whole.Arguments.Where(argument => Names.Contains(argument.Name) && !part.Has(argument.Name))).ToEquatableArray(),
    };
}
