namespace SiameseGen.Persistence;

/// <summary>A layer of an encoder that has weights.</summary>
/// <param name="Name">Its name, such as <c>conv2d1</c>.</param>
/// <param name="Tensors">Its tensors.</param>
/// <param name="Flattened">The image that was flattened into what it reads; null where none was.</param>
internal sealed record OwnLayer(string Name, IReadOnlyList<ParameterTensor> Tensors, FlattenedImage? Flattened)
{
    /// <summary>The layers of an encoder, in the order in which they compute.</summary>
    /// <param name="info">The encoder.</param>
    /// <exception cref="ArgumentException">The encoder's class was not generated.</exception>
    public static IReadOnlyList<OwnLayer> Of(EncoderInfo info)
    {
        // Trainable tensors come first, in the order of the layers, and every layer with weights has some.
        IGrouping<string, ParameterTensor>[] layers = [.. info.Tensors.GroupBy(tensor => tensor.Name[..Math.Max(tensor.Name.LastIndexOf('.'), 0)])];
        List<FlattenedImage?> images = FlattenedImages.Of(info.Architecture);
        return images.Count == layers.Length
            ? [.. layers.Zip(images, (layer, image) => new OwnLayer(layer.Key, [.. layer], image))]
            : throw new ArgumentException($"{info.Name} was not generated: its architecture's text tells of {images.Count} layers with weights, and its tensors are those of {layers.Length}.");
    }

    /// <summary>What sort of layer it is.</summary>
    /// <param name="format">Whose sorts are meant.</param>
    public LayerSort Sort(ForeignFormat format)
    {
        int rank = Tensors[0].Shape.Length;
        return LayerSorts.Of([.. Tensors.Select(tensor => tensor.Role)], rank, rank == 3 && format.NamesDepthwiseApart);
    }

    /// <summary>What the sizes of one of its tensors mean.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="format">Whose order matters.</param>
    public (int[] Sizes, TensorSort Sort) SizesOf(ParameterTensor tensor, ForeignFormat format)
    {
        int[] shape = [.. tensor.Shape];
        bool isFlattened = Flattened is not null && format.FlattensChannelsFirst;
        FlattenedImage image = Flattened.GetValueOrDefault();
        return shape.Length switch
        {
            4 => (shape, TensorSort.Convolution),
            3 => ([shape[0], shape[1], 1, shape[2]], TensorSort.Depthwise),
            2 when isFlattened => ([image.Height, image.Width, image.Channels, shape[1]], TensorSort.FlattenedDense),
            2 => (shape, TensorSort.Dense),

            // A dense layer's bias runs over its outputs.
            _ when isFlattened && Tensors[0].Shape.Length == 1 => ([image.Height, image.Width, image.Channels], TensorSort.FlattenedVector),
            _ => (shape, TensorSort.Vector),
        };
    }
}
