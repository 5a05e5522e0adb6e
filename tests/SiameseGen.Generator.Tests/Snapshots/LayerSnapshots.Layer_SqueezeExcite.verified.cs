// [Image(5, 5), Conv2D(8), SqueezeExcite(4), Flatten]

// Conv2D(8): 5×5×1 → 3×3×8
internal static class Conv2D1
{
    private const int Weight = 0; // 3×3×1×8
    private const int Bias = 72;  // 8

    internal static readonly global::SiameseGen.Kernels.Conv2DShape Shape = new(Height: 5, Width: 5, Channels: 1, Filters: 8, KernelHeight: 3, KernelWidth: 3, Stride: 1, PadTop: 0, PadLeft: 0, OutputHeight: 3, OutputWidth: 3);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Conv2D.Forward(pass, Shape, input: 0, Weight, Bias, output: 192);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Conv2D.Backward(pass, Shape, input: 0, Weight, Bias, outputGradient: 272, inputGradient: -1);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Conv2D.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(0, 160));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Conv2D.Infer(pass, Shape, input: 80, prepared: 0, relu: false, pool: false, output: 0);
}

// SqueezeExcite(4): 3×3×8 → 8
internal static class SqueezeExcite1_GlobalAvgPool1
{
    private const int Pixels = 9;
    private const int Channels = 8;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.GlobalAvgPool.Forward(pass, Pixels, Channels, input: 192, output: 352);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.GlobalAvgPool.Backward(pass, Pixels, Channels, outputGradient: 368, inputGradient: 192);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.GlobalAvgPool.Infer(pass, Pixels, Channels, input: 0, output: 80);
}

// SqueezeExcite(4): 8 → 2
internal static class SqueezeExcite1_Dense1
{
    private const int Weight = 80; // 8×2
    private const int Bias = 96;   // 2

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 8, Outputs: 2);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 352, Weight, Bias, output: 400);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 352, Weight, Bias, outputGradient: 192, inputGradient: 368);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(160, 144));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 80, prepared: 160, relu: true, output: 96);
}

// SqueezeExcite(4): 2 → 2
internal static class SqueezeExcite1_ReLU1
{
    private const int Length = 2;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Forward(pass, Length, input: 400, output: 400);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Backward(pass, Length, output: 400, outputGradient: 192, inputGradient: 192);
}

// SqueezeExcite(4): 2 → 8
internal static class SqueezeExcite1_Dense2
{
    private const int Weight = 98; // 2×8
    private const int Bias = 114;  // 8

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 2, Outputs: 8);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 400, Weight, Bias, output: 368);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 400, Weight, Bias, outputGradient: 384, inputGradient: 192);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(304, 48));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 96, prepared: 304, relu: false, output: 160);
}

// SqueezeExcite(4): 8 → 8
internal static class SqueezeExcite1_Sigmoid1
{
    private const int Length = 8;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Sigmoid.Forward(pass, Length, input: 368, output: 368);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Sigmoid.Backward(pass, Length, output: 368, outputGradient: 384, inputGradient: 384);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Sigmoid.Infer(pass, Length, input: 160, output: 160);
}

// SqueezeExcite(4): 3×3×8 → 3×3×8
internal static class SqueezeExcite1_ChannelScale1
{
    private const int Pixels = 9;
    private const int Channels = 8;
    private const int ForkLength = 72;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ChannelScale.Forward(pass, Pixels, Channels, input: 192, branch: 368, output: 32);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ChannelScale.Backward(pass, Pixels, Channels, input: 192, branch: 368, outputGradient: 112, inputGradient: 272, branchGradient: 384);

    internal static void Accumulate(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Branches.Accumulate(pass, ForkLength, first: 272, second: 192, sum: 272);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.ChannelScale.Infer(pass, Pixels, Channels, input: 0, branch: 160, output: 80);
}

// encoder Demo.Encoder: 5×5×1 -> 72
// architecture image 5x5x1; conv2d 8 kernel 3 stride 1 pad 0 0 bias 1 -> 3x3x8; globalavgpool -> 8; dense bias 1 -> 2; relu; dense bias 1 -> 8; sigmoid; from 1: channelscale with 6; flatten -> 72
// parameters 122 trained, 0 running
//   conv2d1.weight @0 3×3×1×8 GlorotUniform
//   conv2d1.bias @72 8 Zeros
//   squeezeexcite1.dense1.weight @80 8×2 HeUniform
//   squeezeexcite1.dense1.bias @96 2 Zeros
//   squeezeexcite1.dense2.weight @98 2×8 GlorotUniform
//   squeezeexcite1.dense2.bias @114 8 Zeros
// training arena 416, common 192, statistics 0 doubles, saved 0, scratch 8384
//   @0 +25 steps 0..16: input
//   @192 +72 steps 1..9: conv2d1
//   @352 +8 steps 2..13: squeezeexcite1.globalavgpool1
//   @400 +2 steps 3..12: squeezeexcite1.dense1 = squeezeexcite1.relu1
//   @368 +8 steps 5..10: squeezeexcite1.dense2 = squeezeexcite1.sigmoid1
//   @32 +72 steps 7..8: squeezeexcite1.channelscale1
//   @112 +72 steps 8..9: d squeezeexcite1.channelscale1
//   @272 +72 steps 9..16: d conv2d1 = d conv2d1
//   @384 +8 steps 9..11: d squeezeexcite1.sigmoid1 = d squeezeexcite1.dense2
//   @192 +2 steps 11..13: d squeezeexcite1.relu1 = d squeezeexcite1.dense1
//   @368 +8 steps 13..14: d squeezeexcite1.globalavgpool1
//   @192 +72 steps 14..15: d conv2d1
// forward
//   conv2d1 5×5×1 -> 3×3×8: input @0, output @192, direct
//   squeezeexcite1.globalavgpool1 3×3×8 -> 8: input @192, output @352
//   squeezeexcite1.dense1 8 -> 2: input @352, output @400, gemm
//   squeezeexcite1.relu1 2 -> 2: input @400, output @400
//   squeezeexcite1.dense2 2 -> 8: input @400, output @368, gemm
//   squeezeexcite1.sigmoid1 8 -> 8: input @368, output @368
//   squeezeexcite1.channelscale1 3×3×8 -> 3×3×8: input @192, branch @368, output @32
// backward
//   squeezeexcite1.channelscale1 3×3×8 -> 3×3×8: input @192, branch @368, outputGradient @112, inputGradient @272, branchGradient @384
//   squeezeexcite1.sigmoid1 8 -> 8: output @368, outputGradient @384, inputGradient @384
//   squeezeexcite1.dense2 2 -> 8: input @400, outputGradient @384, inputGradient @192, gemm
//   squeezeexcite1.relu1 2 -> 2: output @400, outputGradient @192, inputGradient @192
//   squeezeexcite1.dense1 8 -> 2: input @352, outputGradient @192, inputGradient @368, gemm
//   squeezeexcite1.globalavgpool1 3×3×8 -> 8: outputGradient @368, inputGradient @192
//   squeezeexcite1.channelscale1 3×3×8 -> 3×3×8: first @272, second @192, sum @272
//   conv2d1 5×5×1 -> 3×3×8: input @0, outputGradient @272, inputGradient none, direct
// inference arena 176, prepared 352, scratch 768
//   @80 +25 steps 0..1: input
//   @0 +72 steps 1..6: conv2d1
//   @80 +8 steps 2..3: squeezeexcite1.globalavgpool1
//   @96 +2 steps 3..4: squeezeexcite1.relu1
//   @160 +8 steps 4..6: squeezeexcite1.dense2 = squeezeexcite1.sigmoid1
//   @80 +72 steps 6..7: squeezeexcite1.channelscale1
// infer
//   conv2d1 5×5×1 -> 3×3×8: input @80, prepared @0, output @0, direct
//   squeezeexcite1.globalavgpool1 3×3×8 -> 8: input @0, output @80
//   squeezeexcite1.dense1 + squeezeexcite1.relu1 8 -> 2: input @80, prepared @160, output @96, gemm
//   squeezeexcite1.dense2 2 -> 8: input @96, prepared @304, output @160, gemm
//   squeezeexcite1.sigmoid1 8 -> 8: input @160, output @160
//   squeezeexcite1.channelscale1 3×3×8 -> 3×3×8: input @0, branch @160, output @80
