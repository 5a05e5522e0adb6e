namespace SiameseGen.Persistence;

/// <summary>State dictionaries of PyTorch: <c>features.0.weight</c>; filters first, outputs first, channels first.</summary>
internal sealed class PyTorchFormat : ForeignFormat
{
    private const string Weight = "weight", Bias = "bias", RunningMean = "running_mean";

    public override string Name => "PyTorch";

    public override bool FlattensChannelsFirst => true;

    public override bool NamesDepthwiseApart => false;

    public override ForeignTensor? Read(SafetensorsEntry entry)
    {
        int dot = entry.Name.LastIndexOf('.');
        string word = entry.Name[(dot + 1)..];
        return word == "num_batches_tracked" ? null : new ForeignTensor(entry, dot < 0 ? "" : entry.Name[..dot], word);
    }

    public override IEnumerable<(ForeignTensor Tensor, ParameterRole? Role)> Roles(IReadOnlyList<ForeignTensor> tensors)
    {
        // Normalisations and slopes call theirs weights, too; these have one dimension.
        bool hasOne = tensors.FirstOrDefault(tensor => tensor.Word == Weight) is { Entry.Shape.Length: 1 };
        bool isNormal = hasOne && tensors.Any(tensor => tensor.Word is Bias or RunningMean);
        return tensors.Select(tensor => (tensor, (ParameterRole?)(tensor.Word switch
        {
            Weight => isNormal ? ParameterRole.Gain : hasOne ? ParameterRole.Slope : ParameterRole.Weight,
            Bias => isNormal ? ParameterRole.Shift : ParameterRole.Bias,
            RunningMean => ParameterRole.RunningMean,
            "running_var" => ParameterRole.RunningVariance,
            "p" => ParameterRole.Power,
            _ => null,
        })));
    }

    public override string Word(ParameterRole role) => role switch
    {
        ParameterRole.Bias or ParameterRole.Shift => Bias,
        ParameterRole.RunningMean => RunningMean,
        ParameterRole.RunningVariance => "running_var",
        ParameterRole.Power => "p",
        _ => Weight,
    };

    public override (int[] Order, long[] Shape) Layout(IReadOnlyList<int> sizes, TensorSort sort) => sort switch
    {
        TensorSort.Convolution or TensorSort.Depthwise => ([3, 2, 0, 1], [sizes[3], sizes[2], sizes[0], sizes[1]]),
        TensorSort.Dense => ([1, 0], [sizes[1], sizes[0]]),

        // A dense layer that reads an image is a convolution with a kernel as large as the image.
        TensorSort.FlattenedDense => ([3, 2, 0, 1], [sizes[3], (long)sizes[0] * sizes[1] * sizes[2]]),
        TensorSort.FlattenedVector => ([2, 0, 1], [(long)sizes[0] * sizes[1] * sizes[2]]),
        _ => ([0], [sizes[0]]),
    };
}
