using SiameseGen.Compiler.Layers;

namespace SiameseGen.Onnx.Kernels;

/// <summary>A matrix, inputs × outputs in both worlds, and a bias.</summary>
internal sealed class Dense() : KernelForm("Dense")
{
    public override string Write(KernelCall call)
    {
        string weight = call.Weights(TensorRole.Weight);
        return call.Find(TensorRole.Bias) is null ? call.Node("MatMul", call.Input, weight) : call.Node("Gemm", call.Input, weight, call.Weights(TensorRole.Bias));
    }
}
