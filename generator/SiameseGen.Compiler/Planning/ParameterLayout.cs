using SiameseGen.Compiler.Layers;

namespace SiameseGen.Compiler.Planning;

/// <summary>Where the tensors of parameters are: those an optimizer updates first, running statistics after them, each in the order of the layers.</summary>
/// <param name="Tensors">The tensors, in order of offset.</param>
/// <param name="ParameterCount">Floats an optimizer updates.</param>
/// <param name="StateCount">Floats of running statistics.</param>
internal sealed record ParameterLayout(IReadOnlyList<PlacedTensor> Tensors, long ParameterCount, long StateCount)
{
    /// <summary>Lays out the parameters of a graph.</summary>
    /// <param name="graph">The graph.</param>
    public static ParameterLayout Of(Graph graph)
    {
        List<PlacedTensor> tensors = [];
        long parameters = Place(graph, true, 0, tensors);
        long all = Place(graph, false, parameters, tensors);
        return new ParameterLayout(tensors, parameters, all - parameters);
    }

    /// <summary>The offset of a tensor; −1 when the layer has none of the role.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="role">The role, as <see cref="TensorRole"/> writes it.</param>
    public PlacedTensor? Find(Layer layer, string role) =>
        Tensors.FirstOrDefault(tensor => ReferenceEquals(tensor.Layer, layer) && tensor.Tensor.Role.ToString() == role);

    private static long Place(Graph graph, bool trainable, long offset, List<PlacedTensor> tensors)
    {
        foreach (Layer layer in graph.Layers)
        {
            foreach (Tensor tensor in layer.Tensors.Where(tensor => tensor.IsTrainable == trainable))
            {
                tensors.Add(new PlacedTensor(layer, tensor, offset));
                offset += tensor.Count;
            }
        }

        return offset;
    }
}

/// <summary>A tensor and where it is.</summary>
/// <param name="Layer">Whose tensor it is.</param>
/// <param name="Tensor">The tensor.</param>
/// <param name="Offset">Its first float.</param>
internal sealed record PlacedTensor(Layer Layer, Tensor Tensor, long Offset)
{
    /// <summary>Such as <c>conv2d1.weight</c>.</summary>
    public string Name => $"{Layer.Name}.{Tensor.RoleText}";
}
