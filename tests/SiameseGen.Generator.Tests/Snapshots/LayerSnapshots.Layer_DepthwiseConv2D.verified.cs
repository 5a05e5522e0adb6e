// [Image(6, 5, Channels = 3), DepthwiseConv2D(Stride = 2), BatchNorm, ReLU, Flatten]

// DepthwiseConv2D: 6×5×3 → 3×3×3
internal static class DepthwiseConv2D1
{
    private const int Weight = 0; // 3×3×3
    private const int Bias = -1;  // none

    internal static readonly global::SiameseGen.Kernels.DepthwiseConv2DShape Shape = new(Height: 6, Width: 5, Channels: 3, KernelHeight: 3, KernelWidth: 3, Stride: 2, PadTop: 1, PadLeft: 1, OutputHeight: 3, OutputWidth: 3);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.DepthwiseConv2D.Forward(pass, Shape, input: 0, Weight, Bias, output: 160);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.DepthwiseConv2D.Backward(pass, Shape, input: 0, Weight, Bias, outputGradient: 128, inputGradient: -1);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.DepthwiseConv2D.Prepare(parameters, Shape, Weight, Bias, BatchNorm1.Fold, prepared.Slice(0, 30));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.DepthwiseConv2D.Infer(pass, Shape, input: 0, prepared: 0, relu: true, output: 96);
}

// encoder Demo.Encoder: 6×5×3 -> 27
// architecture image 6x5x3; depthwiseconv2d kernel 3 stride 2 pad 1 1 bias 0 -> 3x3x3; batchnorm epsilon 1E-05; relu; flatten -> 27
// parameters 33 trained, 6 running
//   depthwiseconv2d1.weight @0 3×3×3 HeUniform
//   batchnorm1.gain @27 3 Ones
//   batchnorm1.shift @30 3 Zeros
//   batchnorm1.running_mean @33 3 Zeros
//   batchnorm1.running_variance @36 3 Ones
// training arena 192, common 160, statistics 96 doubles, saved 15, scratch 72
//   @0 +90 steps 0..5: input
//   @160 +27 steps 1..4: depthwiseconv2d1
//   @96 +27 steps 2..3: relu1
//   @128 +27 steps 3..5: d relu1 = d depthwiseconv2d1
// forward
//   depthwiseconv2d1 6×5×3 -> 3×3×3: input @0, output @160, depthwise
//   batchnorm1 + relu1 3×3×3 -> 3×3×3: input @160, statistics @0, saved @0, output @96
// backward
//   batchnorm1 + relu1 3×3×3 -> 3×3×3: input @160, statistics @0, saved @0, outputGradient @128, inputGradient @128
//   depthwiseconv2d1 6×5×3 -> 3×3×3: input @0, outputGradient @128, inputGradient none, depthwise
// inference arena 128, prepared 32, scratch 0
//   @0 +90 steps 0..1: input
//   @96 +27 steps 1..2: relu1
// infer
//   depthwiseconv2d1 + batchnorm1 + relu1 6×5×3 -> 3×3×3: input @0, prepared @0, output @96, depthwise
