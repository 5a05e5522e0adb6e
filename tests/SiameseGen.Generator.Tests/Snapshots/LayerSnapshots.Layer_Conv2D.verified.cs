// [Image(6, 5, Channels = 3), Conv2D(4, Kernel = 2, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU, Flatten]

// Conv2D(4): 6×5×3 → 3×3×4
internal static class Conv2D1
{
    private const int Weight = 0; // 2×2×3×4
    private const int Bias = -1;  // none

    internal static readonly global::SiameseGen.Kernels.Conv2DShape Shape = new(Height: 6, Width: 5, Channels: 3, Filters: 4, KernelHeight: 2, KernelWidth: 2, Stride: 2, PadTop: 0, PadLeft: 0, OutputHeight: 3, OutputWidth: 3);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Conv2D.Forward(pass, Shape, input: 0, Weight, Bias, output: 192);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Conv2D.Backward(pass, Shape, input: 0, Weight, Bias, outputGradient: 144, inputGradient: -1);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Conv2D.Prepare(parameters, Shape, Weight, Bias, BatchNorm1.Fold, prepared.Slice(0, 208));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Conv2D.Infer(pass, Shape, input: 0, prepared: 0, relu: true, pool: false, output: 96);
}

// encoder Demo.Encoder: 6×5×3 -> 36
// architecture image 6x5x3; conv2d 4 kernel 2 stride 2 pad 0 1 bias 0 -> 3x3x4; batchnorm epsilon 1E-05; relu; flatten -> 36
// parameters 56 trained, 8 running
//   conv2d1.weight @0 2×2×3×4 HeUniform
//   batchnorm1.gain @48 4 Ones
//   batchnorm1.shift @52 4 Zeros
//   batchnorm1.running_mean @56 4 Zeros
//   batchnorm1.running_variance @60 4 Ones
// training arena 240, common 192, statistics 128 doubles, saved 20, scratch 4176
//   @0 +90 steps 0..5: input
//   @192 +36 steps 1..4: conv2d1
//   @96 +36 steps 2..3: relu1
//   @144 +36 steps 3..5: d relu1 = d conv2d1
// forward
//   conv2d1 6×5×3 -> 3×3×4: input @0, output @192, direct
//   batchnorm1 + relu1 3×3×4 -> 3×3×4: input @192, statistics @0, saved @0, output @96
// backward
//   batchnorm1 + relu1 3×3×4 -> 3×3×4: input @192, statistics @0, saved @0, outputGradient @144, inputGradient @144
//   conv2d1 6×5×3 -> 3×3×4: input @0, outputGradient @144, inputGradient none, direct
// inference arena 144, prepared 208, scratch 1728
//   @0 +90 steps 0..1: input
//   @96 +36 steps 1..2: relu1
// infer
//   conv2d1 + batchnorm1 + relu1 6×5×3 -> 3×3×4: input @0, prepared @0, output @96, direct
