using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers;

/// <summary>The largest value of each window, as PyTorch's <c>MaxPool2d</c>.</summary>
internal sealed class MaxPool2D() : LayerKind("MaxPool2D")
{
    // Backward finds the maxima again in the input.
    private static readonly Lowering Lowering = new()
    {
        Kernel = "MaxPool2D",
        Forward = [Operand.Shape, Operand.Input, Operand.Output],
        Backward = [Operand.Shape, Operand.Input, Operand.OutputGradient, Operand.InputGradient],
        Infer = [Operand.Shape, Operand.Input, Operand.Output],
    };

    public override Layer? Resolve(LayerSite site) => Pooling.Resolve(site, Lowering);

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line) => Pooling.Read(line);
}
