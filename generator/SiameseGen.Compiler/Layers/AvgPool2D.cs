using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers;

/// <summary>The mean of each window, as PyTorch's <c>AvgPool2d</c>.</summary>
internal sealed class AvgPool2D() : LayerKind("AvgPool2D")
{
    private static readonly Lowering Lowering = new()
    {
        Kernel = "AvgPool2D",
        Forward = [Operand.Shape, Operand.Input, Operand.Output],
        Backward = [Operand.Shape, Operand.OutputGradient, Operand.InputGradient],
        Infer = [Operand.Shape, Operand.Input, Operand.Output],
    };

    public override Layer? Resolve(LayerSite site) => Pooling.Resolve(site, Lowering);

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line) => Pooling.Read(line);
}
