namespace SiameseGen.Onnx.Kernels;

/// <summary>The sum of two branches.</summary>
internal sealed class Add() : KernelForm("Add")
{
    public override string Write(KernelCall call) => call.Node("Add", call.Input, call.Branch);
}
