using SiameseGen.Compiler.Layers;

namespace SiameseGen.Onnx.Kernels;

/// <summary>(Mean of max(x, ε)ᵖ)^(1/p) of each channel, as a vector. The smallest values are the runtime kernel's.</summary>
internal sealed class GeMPool() : KernelForm("GeMPool")
{
    private const float SmallestValue = 1e-6f, SmallestMean = 1e-37f;

    public override string Write(KernelCall call)
    {
        string power = call.Weights(TensorRole.Power);
        string raised = call.Node("Pow", call.Node("Max", call.Input, call.Graph.Number(SmallestValue)), power);
        string mean = call.Node("Max", call.Node("GlobalAveragePool", raised), call.Graph.Number(SmallestMean));
        return call.Vector(call.Node("Pow", mean, call.Node("Reciprocal", power)));
    }
}
