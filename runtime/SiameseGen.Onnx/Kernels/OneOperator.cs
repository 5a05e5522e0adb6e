namespace SiameseGen.Onnx.Kernels;

/// <summary>A kernel that is one operator.</summary>
/// <param name="kernel">The class in <c>SiameseGen.Kernels</c>.</param>
/// <param name="operation">The operator.</param>
/// <param name="attributes">Its attributes, and the layer's constants that they are.</param>
internal sealed class OneOperator(string kernel, string operation, params (string Attribute, string Constant)[] attributes) : KernelForm(kernel)
{
    public override string Write(KernelCall call) =>
        call.Graph.Node(operation, [call.Input], [.. attributes.Select(attribute => OnnxGraph.Float(attribute.Attribute, call.Number(attribute.Constant)))]);
}
