namespace SiameseGen.Persistence;

/// <summary>Weights of Keras: <c>conv2d_1/kernel</c>, also with dots and with <c>:0</c> at the end; the orders are SiameseGen's.</summary>
internal sealed class KerasFormat : ForeignFormat
{
    private const string DepthwiseKernel = "depthwise_kernel", PointwiseKernel = "pointwise_kernel";

    public override string Name => "Keras";

    public override bool FlattensChannelsFirst => false;

    public override bool NamesDepthwiseApart => true;

    public override ForeignTensor? Read(SafetensorsEntry entry)
    {
        string name = entry.Name.EndsWith(":0", StringComparison.Ordinal) ? entry.Name[..^2] : entry.Name;
        int slash = name.LastIndexOfAny(['/', '.']);
        string word = name[(slash + 1)..], layer = slash < 0 ? "" : name[..slash];
        return new ForeignTensor(entry, layer, word);
    }

    public override IEnumerable<(ForeignTensor Tensor, ParameterRole? Role)> Roles(IReadOnlyList<ForeignTensor> tensors) =>
        tensors.Select(tensor => (tensor, (ParameterRole?)(tensor.Word switch
        {
            "kernel" or DepthwiseKernel or PointwiseKernel => ParameterRole.Weight,
            "bias" => ParameterRole.Bias,
            "gamma" => ParameterRole.Gain,
            "beta" => ParameterRole.Shift,
            "moving_mean" => ParameterRole.RunningMean,
            "moving_variance" => ParameterRole.RunningVariance,
            "alpha" => ParameterRole.Slope,
            "p" => ParameterRole.Power,
            _ => null,
        })));

    // A separable convolution.
    public override IEnumerable<IReadOnlyList<ForeignTensor>> Split(IReadOnlyList<ForeignTensor> tensors)
    {
        ILookup<bool, ForeignTensor> parts = tensors.ToLookup(tensor => tensor.Word == DepthwiseKernel);
        return parts[false].Any(tensor => tensor.Word == PointwiseKernel)
            ? [Named(parts[true], "depthwise"), Named(parts[false], "pointwise")]
            : [tensors];
    }

    public override bool IsDepthwise(ForeignTensor weight) => weight.Word == DepthwiseKernel || weight.Layer.Contains("depthwise", StringComparison.Ordinal);

    public override string Word(ParameterRole role) => role switch
    {
        ParameterRole.Weight => "kernel",
        ParameterRole.Gain => "gamma",
        ParameterRole.Shift => "beta",
        ParameterRole.RunningMean => "moving_mean",
        ParameterRole.RunningVariance => "moving_variance",
        ParameterRole.Slope => "alpha",
        ParameterRole.Power => "p",
        _ => "bias",
    };

    public override (int[] Order, long[] Shape) Layout(IReadOnlyList<int> sizes, TensorSort sort)
    {
        int[] order = [.. Enumerable.Range(0, sizes.Count)];
        return sort switch
        {
            TensorSort.Depthwise => (order, [sizes[0], sizes[1], sizes[3], 1]),
            TensorSort.FlattenedDense => (order, [(long)sizes[0] * sizes[1] * sizes[2], sizes[3]]),
            TensorSort.FlattenedVector => (order, [(long)sizes[0] * sizes[1] * sizes[2]]),
            _ => (order, [.. sizes.Select(size => (long)size)]),
        };
    }

    private static IReadOnlyList<ForeignTensor> Named(IEnumerable<ForeignTensor> tensors, string part) =>
        [.. tensors.Select(tensor => tensor with { Layer = $"{tensor.Layer}/{part}" })];
}
