namespace SiameseGen.Onnx.Kernels;

/// <summary>Every kernel that inference can call, in ONNX's operators.</summary>
internal static class KernelCatalogue
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<KernelForm> All { get; } =
    [
        new Convolution(),
        new GroupedConvolution(),
        new DepthwiseConvolution(),
        new Dense(),
        new BatchNorm(),
        new GroupNorm(),
        new OneOperator("ReLU", "Relu"),
        new OneOperator("Sigmoid", "Sigmoid"),
        new OneOperator("Tanh", "Tanh"),
        new OneOperator("Softplus", "Softplus"),
        new OneOperator("HardSwish", "HardSwish"),
        new OneOperator("LeakyReLU", "LeakyRelu", ("alpha", "Slope")),
        new OneOperator("ELU", "Elu", ("alpha", "Alpha")),
        new PReLU(),
        new SiLU(),
        new GELU(),
        new TanhGELU(),
        new MaxPool(),
        new AvgPool(),
        new GlobalAvgPool(),
        new GeMPool(),
        new Affine(),
        new Add(),
        new ChannelScale(),
        new L2Normalize(),
    ];

    private static readonly Dictionary<string, KernelForm> ByKernel =
        All.SelectMany(form => form.Kernels.Select(kernel => (kernel, form))).ToDictionary(pair => pair.kernel, pair => pair.form);

    /// <summary>The form of a kernel.</summary>
    /// <param name="kernel">The class in <c>SiameseGen.Kernels</c>.</param>
    /// <exception cref="NotSupportedException">There is none; tests keep that from happening.</exception>
    public static KernelForm Of(string kernel) =>
        ByKernel.TryGetValue(kernel, out KernelForm? form) ? form : throw new NotSupportedException($"The kernel '{kernel}' cannot be exported to ONNX.");
}
