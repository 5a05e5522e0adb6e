namespace SiameseGen.Persistence;

/// <summary>How another framework names its tensors, and in which order it keeps their values.</summary>
internal abstract class ForeignFormat
{
    /// <summary>The framework's name, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Whether images that are flattened there come channel by channel, and not pixel by pixel as here.</summary>
    public abstract bool FlattensChannelsFirst { get; }

    /// <summary>Whether depthwise convolutions are a kind of layer of their own, whose names count for themselves.</summary>
    public abstract bool NamesDepthwiseApart { get; }

    /// <summary>Reads a tensor's name.</summary>
    /// <param name="entry">The tensor.</param>
    /// <returns>Its layer and what it is there; null for what is no weight.</returns>
    public abstract ForeignTensor? Read(SafetensorsEntry entry);

    /// <summary>Says what the tensors of a layer are.</summary>
    /// <param name="tensors">All tensors of the layer.</param>
    /// <returns>The role of each; null for one that no layer of ours has.</returns>
    public abstract IEnumerable<(ForeignTensor Tensor, ParameterRole? Role)> Roles(IReadOnlyList<ForeignTensor> tensors);

    /// <summary>Takes a layer apart that is two of ours.</summary>
    /// <param name="tensors">All tensors of the layer.</param>
    /// <returns>The tensors of each layer; their <see cref="ForeignTensor.Layer"/> is its name.</returns>
    public virtual IEnumerable<IReadOnlyList<ForeignTensor>> Split(IReadOnlyList<ForeignTensor> tensors) => [tensors];

    /// <summary>Whether a layer's weights are those of a depthwise convolution.</summary>
    /// <param name="weight">The weights.</param>
    public virtual bool IsDepthwise(ForeignTensor weight) => false;

    /// <summary>What a tensor of one of our roles is called there, for messages.</summary>
    /// <param name="role">The role.</param>
    public abstract string Word(ParameterRole role);

    /// <summary>Where the values of a tensor of ours are in a tensor of theirs.</summary>
    /// <param name="sizes">
    /// Our sizes. Convolutions have four (kernel rows, kernel columns, channels, filters), dense layers two (inputs, outputs), or four where they read a flattened image (rows,
    /// columns, channels, outputs); all others one, or three where they run over a flattened image.
    /// </param>
    /// <param name="sort">What the sizes are.</param>
    /// <returns>Their order, as indices of our sizes, and the shape that the file has.</returns>
    public abstract (int[] Order, long[] Shape) Layout(IReadOnlyList<int> sizes, TensorSort sort);
}

/// <summary>What the sizes of a tensor are.</summary>
internal enum TensorSort
{
    /// <summary>Kernel rows, kernel columns, channels, filters.</summary>
    Convolution,

    /// <summary>Kernel rows, kernel columns, 1, channels: a filter for each channel.</summary>
    Depthwise,

    /// <summary>Inputs, outputs.</summary>
    Dense,

    /// <summary>Rows, columns, channels of a flattened image, outputs.</summary>
    FlattenedDense,

    /// <summary>Values.</summary>
    Vector,

    /// <summary>Rows, columns, channels of a flattened image.</summary>
    FlattenedVector,
}
