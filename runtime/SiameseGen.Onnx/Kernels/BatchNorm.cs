using SiameseGen.Compiler.Layers;

namespace SiameseGen.Onnx.Kernels;

/// <summary>Batch normalisation by running statistics; whoever runs the model folds it.</summary>
internal sealed class BatchNorm() : KernelForm("BatchNorm")
{
    public override string Write(KernelCall call) => call.Graph.Node(
        "BatchNormalization",
        [
            call.Input, call.Weights(TensorRole.Gain), call.Weights(TensorRole.Shift), call.Weights(TensorRole.RunningMean), call.Weights(TensorRole.RunningVariance),
        ],
        OnnxGraph.Float("epsilon", call.Number("Epsilon")));
}
