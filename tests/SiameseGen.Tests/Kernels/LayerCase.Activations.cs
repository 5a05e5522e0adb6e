using SiameseGen.Kernels;
using SiameseGen.Reference;

namespace SiameseGen.Tests.Kernels;

/// <summary>Activation functions.</summary>
internal sealed partial record LayerCase
{
    public static LayerCase ReLU(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.ReLU.Forward(pass, length, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.ReLU.Backward(pass, length, at.Output, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.ReLU.Infer(pass, length, at.Input, at.Output),
        Reference = () => new ReLUReference(),
        ForwardInPlace = true,
        BackwardInPlace = true,
    };

    public static LayerCase LeakyReLU(int length, float slope) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.LeakyReLU.Forward(pass, length, slope, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.LeakyReLU.Backward(pass, length, slope, at.Output, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.LeakyReLU.Infer(pass, length, slope, at.Input, at.Output),
        Reference = () => new LeakyReLUReference(slope),
        ForwardInPlace = true,
        BackwardInPlace = true,
    };

    public static LayerCase Sigmoid(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.Sigmoid.Forward(pass, length, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.Sigmoid.Backward(pass, length, at.Output, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.Sigmoid.Infer(pass, length, at.Input, at.Output),
        Reference = () => new SigmoidReference(),
        ForwardInPlace = true,
        BackwardInPlace = true,
    };

    public static LayerCase Tanh(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.Tanh.Forward(pass, length, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.Tanh.Backward(pass, length, at.Output, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.Tanh.Infer(pass, length, at.Input, at.Output),
        Reference = () => new TanhReference(),
        ForwardInPlace = true,
        BackwardInPlace = true,
    };

    public static LayerCase ELU(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.ELU.Forward(pass, length, 0.7f, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.ELU.Backward(pass, length, 0.7f, at.Output, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.ELU.Infer(pass, length, 0.7f, at.Input, at.Output),
        Reference = () => new ELUReference(0.7f),
        ForwardInPlace = true,
        BackwardInPlace = true,
    };

    public static LayerCase Softplus(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.Softplus.Forward(pass, length, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.Softplus.Backward(pass, length, at.Output, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.Softplus.Infer(pass, length, at.Input, at.Output),
        Reference = () => new SoftplusReference(),
        ForwardInPlace = true,
        BackwardInPlace = true,
    };

    public static LayerCase SiLU(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.SiLU.Forward(pass, length, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.SiLU.Backward(pass, length, at.Input, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.SiLU.Infer(pass, length, at.Input, at.Output),
        Reference = () => new SiLUReference(),
        ForwardInPlace = false,
        BackwardInPlace = true,
    };

    public static LayerCase HardSwish(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.HardSwish.Forward(pass, length, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.HardSwish.Backward(pass, length, at.Input, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.HardSwish.Infer(pass, length, at.Input, at.Output),
        Reference = () => new HardSwishReference(),
        ForwardInPlace = false,
        BackwardInPlace = true,
    };

    public static LayerCase GELU(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.GELU.Forward(pass, length, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.GELU.Backward(pass, length, at.Input, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.GELU.Infer(pass, length, at.Input, at.Output),
        Reference = () => new GELUReference(byTanh: false),
        ForwardInPlace = false,
        BackwardInPlace = true,
    };

    public static LayerCase TanhGELU(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.TanhGELU.Forward(pass, length, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.TanhGELU.Backward(pass, length, at.Input, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.TanhGELU.Infer(pass, length, at.Input, at.Output),
        Reference = () => new GELUReference(byTanh: true),
        ForwardInPlace = false,
        BackwardInPlace = true,
    };

    public static LayerCase PReLU(int pixels, int channels) => new(pixels * channels, pixels * channels)
    {
        Forward = (pass, at) => SiameseGen.Kernels.PReLU.Forward(pass, pixels * channels, channels, at.Input, slope: 0, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.PReLU.Backward(pass, pixels * channels, channels, at.Input, slope: 0, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.PReLU.Infer(pass, pixels * channels, channels, at.Input, prepared: 0, at.Output),
        Prepare = (parameters, prepared) => SiameseGen.Kernels.PReLU.Prepare(parameters, channels, slope: 0, prepared),
        Reference = () => new PReLUReference(channels),
        Trainable = [channels],
        PreparedLength = channels,
        BackwardInPlace = true,
    };
}
