namespace SiameseGen.Onnx.Kernels;

/// <summary>The largest value of each window, or of the whole image.</summary>
internal sealed class MaxPool() : KernelForm("MaxPool2D")
{
    public override string Write(KernelCall call)
    {
        string output = call.Graph.Node("MaxPool", [call.Input], Windows.Attributes(call, call.Int("WindowHeight"), call.Int("WindowWidth")));
        return call.LeavesImage ? output : call.Vector(output);
    }
}
