// [Image(6, 5, Channels = 4), Conv2D(6, KernelHeight = 2, Dilation = 2, Groups = 2, Pad = 1, PadLeft = 0), BatchNorm, ReLU, MaxPool2D(2, 1), Flatten]

// Conv2D(6): 6×5×4 → 6×2×6
internal static class Conv2D1
{
    private const int Weight = 0; // 2×3×2×6
    private const int Bias = -1;  // none

    internal static readonly global::SiameseGen.Kernels.GroupedConv2DShape Shape = new(Groups: 2, Group: new(Height: 6, Width: 5, Channels: 2, Filters: 3, KernelHeight: 2, KernelWidth: 3, Stride: 1, PadTop: 1, PadLeft: 0, OutputHeight: 6, OutputWidth: 2, Dilation: 2));

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.GroupedConv2D.Forward(pass, Shape, input: 0, Weight, Bias, output: 224);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.GroupedConv2D.Backward(pass, Shape, input: 0, Weight, Bias, outputGradient: 384, inputGradient: -1);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.GroupedConv2D.Prepare(parameters, Shape, Weight, Bias, BatchNorm1.Fold, prepared.Slice(0, 416));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.GroupedConv2D.Infer(pass, Shape, input: 0, prepared: 0, relu: true, output: 128);
}

// encoder Demo.Encoder: 6×5×4 -> 36
// architecture image 6x5x4; conv2d 6 kernel 2x3 stride 1 pad 1 1 0 1 dilation 2 groups 2 bias 0 -> 6x2x6; batchnorm epsilon 1E-05; relu; maxpool2d 2x1 stride 2x1 -> 3x2x6; flatten -> 36
// parameters 84 trained, 12 running
//   conv2d1.weight @0 2×3×2×6 HeUniform
//   batchnorm1.gain @72 6 Ones
//   batchnorm1.shift @78 6 Zeros
//   batchnorm1.running_mean @84 6 Zeros
//   batchnorm1.running_variance @90 6 Ones
// training arena 464, common 224, statistics 192 doubles, saved 30, scratch 4800
//   @0 +120 steps 0..7: input
//   @224 +72 steps 1..6: conv2d1
//   @304 +72 steps 2..5: relu1
//   @128 +36 steps 3..4: maxpool2d1
//   @176 +36 steps 4..5: d maxpool2d1
//   @384 +72 steps 5..7: d relu1 = d conv2d1
// forward
//   conv2d1 6×5×4 -> 6×2×6: input @0, output @224, direct
//   batchnorm1 + relu1 6×2×6 -> 6×2×6: input @224, statistics @0, saved @0, output @304
//   maxpool2d1 6×2×6 -> 3×2×6: input @304, output @128
// backward
//   maxpool2d1 6×2×6 -> 3×2×6: input @304, outputGradient @176, inputGradient @384
//   batchnorm1 + relu1 6×2×6 -> 6×2×6: input @224, statistics @0, saved @0, outputGradient @384, inputGradient @384
//   conv2d1 6×5×4 -> 6×2×6: input @0, outputGradient @384, inputGradient none, direct
// inference arena 208, prepared 416, scratch 1536
//   @0 +120 steps 0..1: input
//   @128 +72 steps 1..2: relu1
//   @0 +36 steps 2..3: maxpool2d1
// infer
//   conv2d1 + batchnorm1 + relu1 6×5×4 -> 6×2×6: input @0, prepared @0, output @128, direct
//   maxpool2d1 6×2×6 -> 3×2×6: input @128, output @0
