// [Image(6, 5, Channels = 3), SeparableConv2D(4, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU, Flatten]

// SeparableConv2D(4): 6×5×3 → 3×3×3
internal static class SeparableConv2D1_DepthwiseConv2D1
{
    private const int Weight = 0; // 3×3×3
    private const int Bias = -1;  // none

    internal static readonly global::SiameseGen.Kernels.DepthwiseConv2DShape Shape = new(Height: 6, Width: 5, Channels: 3, KernelHeight: 3, KernelWidth: 3, Stride: 2, PadTop: 1, PadLeft: 1, OutputHeight: 3, OutputWidth: 3);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.DepthwiseConv2D.Forward(pass, Shape, input: 0, Weight, Bias, output: 240);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.DepthwiseConv2D.Backward(pass, Shape, input: 0, Weight, Bias, outputGradient: 192, inputGradient: -1);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.DepthwiseConv2D.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(0, 30));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.DepthwiseConv2D.Infer(pass, Shape, input: 0, prepared: 0, relu: false, output: 96);
}

// SeparableConv2D(4): 3×3×3 → 3×3×4
internal static class SeparableConv2D1_Conv2D1
{
    private const int Weight = 27; // 1×1×3×4
    private const int Bias = -1;   // none

    internal static readonly global::SiameseGen.Kernels.Conv2DShape Shape = new(Height: 3, Width: 3, Channels: 3, Filters: 4, KernelHeight: 1, KernelWidth: 1, Stride: 1, PadTop: 0, PadLeft: 0, OutputHeight: 3, OutputWidth: 3);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Conv2D.Forward(pass, Shape, input: 240, Weight, Bias, output: 192);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Conv2D.Backward(pass, Shape, input: 240, Weight, Bias, outputGradient: 144, inputGradient: 192);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Conv2D.Prepare(parameters, Shape, Weight, Bias, BatchNorm1.Fold, prepared.Slice(32, 64));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Conv2D.Infer(pass, Shape, input: 96, prepared: 32, relu: true, pool: false, output: 0);
}

// BatchNorm: 3×3×4 → 3×3×4
internal static class BatchNorm1
{
    private const int Gain = 39;            // 4
    private const int Shift = 43;           // 4
    private const int RunningMean = 47;     // 4
    private const int RunningVariance = 51; // 4

    internal static readonly global::SiameseGen.Kernels.BatchNormShape Shape = new(Pixels: 9, Channels: 4, Epsilon: 1E-05f, Momentum: 0.1f);
    internal static readonly global::SiameseGen.Kernels.BatchNormFold Fold = new(Gain, Shift, RunningMean, RunningVariance, 1E-05f);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.BatchNormReLU.Forward(pass, Shape, input: 192, Gain, Shift, RunningMean, RunningVariance, statistics: 0, saved: 0, output: 96);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.BatchNormReLU.Backward(pass, Shape, input: 192, Gain, Shift, statistics: 0, saved: 0, outputGradient: 144, inputGradient: 144);
}

// encoder Demo.Encoder: 6×5×3 -> 36
// architecture image 6x5x3; depthwiseconv2d kernel 3 stride 2 pad 1 1 bias 0 -> 3x3x3; conv2d 4 kernel 1 stride 1 pad 0 0 bias 0 -> 3x3x4; batchnorm epsilon 1E-05; relu; flatten -> 36
// parameters 47 trained, 8 running
//   separableconv2d1.depthwiseconv2d1.weight @0 3×3×3 GlorotUniform
//   separableconv2d1.conv2d1.weight @27 1×1×3×4 HeUniform
//   batchnorm1.gain @39 4 Ones
//   batchnorm1.shift @43 4 Zeros
//   batchnorm1.running_mean @47 4 Zeros
//   batchnorm1.running_variance @51 4 Ones
// training arena 272, common 192, statistics 128 doubles, saved 20, scratch 2880
//   @0 +90 steps 0..7: input
//   @240 +27 steps 1..6: separableconv2d1.depthwiseconv2d1
//   @192 +36 steps 2..5: separableconv2d1.conv2d1
//   @96 +36 steps 3..4: relu1
//   @144 +36 steps 4..6: d relu1 = d separableconv2d1.conv2d1
//   @192 +27 steps 6..7: d separableconv2d1.depthwiseconv2d1
// forward
//   separableconv2d1.depthwiseconv2d1 6×5×3 -> 3×3×3: input @0, output @240, depthwise
//   separableconv2d1.conv2d1 3×3×3 -> 3×3×4: input @240, output @192, direct
//   batchnorm1 + relu1 3×3×4 -> 3×3×4: input @192, statistics @0, saved @0, output @96
// backward
//   batchnorm1 + relu1 3×3×4 -> 3×3×4: input @192, statistics @0, saved @0, outputGradient @144, inputGradient @144
//   separableconv2d1.conv2d1 3×3×3 -> 3×3×4: input @240, outputGradient @144, inputGradient @192, direct
//   separableconv2d1.depthwiseconv2d1 6×5×3 -> 3×3×3: input @0, outputGradient @192, inputGradient none, depthwise
// inference arena 128, prepared 96, scratch 448
//   @0 +90 steps 0..1: input
//   @96 +27 steps 1..2: separableconv2d1.depthwiseconv2d1
//   @0 +36 steps 2..3: relu1
// infer
//   separableconv2d1.depthwiseconv2d1 6×5×3 -> 3×3×3: input @0, prepared @0, output @96, depthwise
//   separableconv2d1.conv2d1 + batchnorm1 + relu1 3×3×3 -> 3×3×4: input @96, prepared @32, output @0, direct
