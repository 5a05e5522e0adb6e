namespace SiameseGen.Compiler.Layers;

/// <summary>
/// What a layer does, in terms of kernels: all that planning and emission ever see of it. From the operands of a call follows
/// what it needs: a backward call with <see cref="Operand.Input"/> keeps the input alive until then.
/// </summary>
internal sealed record Lowering
{
    /// <summary>A layer that only gives the same values another shape: no call is made, and the output is where the input is.</summary>
    public static Lowering Alias { get; } = new() { Kernel = "" };

    /// <summary>The class in <c>SiameseGen.Kernels</c>.</summary>
    public required string Kernel { get; init; }

    /// <summary>The algorithm, where there is a choice or a cost worth telling; else empty.</summary>
    public string Algorithm { get; init; } = "";

    /// <summary>Multiply-adds that the kernel takes for an item in <c>Infer</c>: fewer than the layer's where it finds a shorter way.</summary>
    public long MultiplyAdds { get; init; }

    /// <summary>How the layer infers, where that is not with this kernel.</summary>
    public Lowering? Inference { get; init; }

    /// <summary>How the layer infers when it also does the 2×2 maximum pooling that follows; null when it cannot.</summary>
    public Lowering? PooledInference { get; init; }

    /// <summary>How the layer trains when it also does the work of a ReLU that follows; null when it cannot.</summary>
    public Lowering? RectifiedTraining { get; init; }

    /// <summary>How the layer trains when it also does the work of a ReLU and of 2×2 maximum pooling that follow; null when it cannot.</summary>
    public Lowering? PooledTraining { get; init; }

    /// <summary>
    /// How the layer trains when it also does the work of a batch normalisation, a ReLU and 2×2 maximum pooling that follow, and nobody wants the gradient of
    /// its input; null when it cannot.
    /// </summary>
    public Lowering? InputTraining { get; init; }

    /// <summary>Whether the gradients of the input and of the branch are the output's, so that backward makes no call.</summary>
    public bool SharesGradient { get; init; }

    /// <summary>Operands of <c>Forward</c>.</summary>
    public IReadOnlyList<Operand> Forward { get; init; } = [];

    /// <summary>Operands of <c>Backward</c>.</summary>
    public IReadOnlyList<Operand> Backward { get; init; } = [];

    /// <summary>Operands of <c>Prepare</c>; none when inference needs no prepared weights.</summary>
    public IReadOnlyList<Operand> Prepare { get; init; } = [];

    /// <summary>Operands of <c>Infer</c>; none when the layer only acts in training.</summary>
    public IReadOnlyList<Operand> Infer { get; init; } = [];

    /// <summary>Whether <c>Forward</c> and <c>Infer</c> may write their output over their input.</summary>
    public bool ForwardInPlace { get; init; }

    /// <summary>The operand whose place the input's gradient may take; null for none.</summary>
    public OperandKind? BackwardReplaces { get; init; }

    /// <summary>Doubles that workers share.</summary>
    public long Statistics { get; init; }

    /// <summary>Floats a worker keeps from forward to backward.</summary>
    public long Saved { get; init; }

    /// <summary>Floats an item in which forward leaves marks for backward.</summary>
    public long Marks { get; init; }

    /// <summary>Floats a worker needs within a training call.</summary>
    public long TrainingScratch { get; init; }

    /// <summary>Floats needed within <c>Infer</c>.</summary>
    public long InferenceScratch { get; init; }

    /// <summary>Floats needed within <c>Infer</c> of one item, where several at a time take more; else null.</summary>
    public long? SingleInferenceScratch { get; init; }

    /// <summary>Floats of prepared weights.</summary>
    public long Prepared { get; init; }

    /// <summary>Whether the output is the input under another shape.</summary>
    public bool IsAlias => Kernel.Length == 0;

    /// <summary>Whether the layer does something at inference.</summary>
    public bool Infers => Infer.Count > 0;

    /// <summary>Whether the prepared weights take up a batch normalisation that follows.</summary>
    public bool FoldsBatchNorm => Prepare.Contains(Operand.Fold);

    /// <summary>The most floats that any of its calls needs beside activations.</summary>
    public long LargestMemory => Math.Max(
        Math.Max(Math.Max(TrainingScratch, InferenceScratch), Math.Max(Prepared, Statistics)),
        Math.Max(Math.Max(Inference?.LargestMemory ?? 0, PooledInference?.LargestMemory ?? 0), InputTraining?.LargestMemory ?? 0));

    /// <summary>Whether <c>Infer</c> can rectify what it writes.</summary>
    public bool FusesReLU => Infer.Contains(Operand.Rectify);
}

/// <summary>One argument of a kernel call.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The name of a constant or the kernel's parameter.</param>
internal readonly record struct Operand(OperandKind Kind, string Name)
{
    public static readonly Operand Shape = Constant("Shape");
    public static readonly Operand Length = Constant("Length");
    public static readonly Operand ForkLength = Constant("ForkLength");
    public static readonly Operand Input = new(OperandKind.Input, "input");
    public static readonly Operand Branch = new(OperandKind.Branch, "branch");
    public static readonly Operand Output = new(OperandKind.Output, "output");
    public static readonly Operand InputGradient = new(OperandKind.InputGradient, "inputGradient");
    public static readonly Operand BranchGradient = new(OperandKind.BranchGradient, "branchGradient");
    public static readonly Operand OutputGradient = new(OperandKind.OutputGradient, "outputGradient");
    public static readonly Operand Statistics = new(OperandKind.Statistics, "statistics");
    public static readonly Operand Saved = new(OperandKind.Saved, "saved");
    public static readonly Operand Marks = new(OperandKind.Marks, "marks");
    public static readonly Operand Prepared = new(OperandKind.Prepared, "prepared");
    public static readonly Operand Fold = new(OperandKind.Fold, "fold");
    public static readonly Operand NormShape = new(OperandKind.NormShape, "norm");
    public static readonly Operand Rectify = new(OperandKind.Rectify, "relu");
    public static readonly Operand PoolShape = new(OperandKind.PoolShape, "pool");
    public static readonly Operand Pool = new(OperandKind.Pool, "pool");

    /// <summary>A constant of the layer.</summary>
    /// <param name="name">Its name.</param>
    public static Operand Constant(string name) => new(OperandKind.Constant, name);

    /// <summary>Where a tensor is in the parameter buffer; −1 when the layer has none of this role.</summary>
    /// <param name="role">What the tensor is.</param>
    public static Operand Tensor(TensorRole role) => new(OperandKind.Tensor, role.ToString());
}

/// <summary>Kinds of arguments of a kernel call.</summary>
internal enum OperandKind
{
    /// <summary>A constant of the layer, by name.</summary>
    Constant,

    /// <summary>The offset of a tensor of parameters, by role.</summary>
    Tensor,

    /// <summary>The offset of the layer's input.</summary>
    Input,

    /// <summary>The offset of the other branch that a layer reads.</summary>
    Branch,

    /// <summary>The offset of the layer's output.</summary>
    Output,

    /// <summary>The offset of the gradient of the input; −1 when nobody wants it.</summary>
    InputGradient,

    /// <summary>The offset of the gradient of the other branch; −1 when nobody wants it.</summary>
    BranchGradient,

    /// <summary>The offset of the gradient of the output.</summary>
    OutputGradient,

    /// <summary>The offset of sums that workers share.</summary>
    Statistics,

    /// <summary>The offset of what a worker keeps from forward to backward.</summary>
    Saved,

    /// <summary>The offset of marks that forward leaves for backward.</summary>
    Marks,

    /// <summary>The prepared weights: their memory in <c>Prepare</c>, their offset in <c>Infer</c>.</summary>
    Prepared,

    /// <summary>The batch normalisation that is folded into the weights.</summary>
    Fold,

    /// <summary>The shape of the batch normalisation that is done as well.</summary>
    NormShape,

    /// <summary>Whether the output is rectified.</summary>
    Rectify,

    /// <summary>Whether the output is pooled.</summary>
    Pool,

    /// <summary>The shape of the pooling that is done as well.</summary>
    PoolShape,
}
