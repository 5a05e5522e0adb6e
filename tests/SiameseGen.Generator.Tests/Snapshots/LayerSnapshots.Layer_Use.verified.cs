// [Block, Dense(4), BatchNorm, ReLU] class Stage; [Features(6), Use<Stage>, Use<Stage>(Name = "head")]

// Dense(4) in Stage: 6 → 4
internal static class Stage1_Dense1
{
    private const int Weight = 0; // 6×4
    private const int Bias = -1;  // none

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 6, Outputs: 4);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 0, Weight, Bias, output: 48);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 0, Weight, Bias, outputGradient: 80, inputGradient: -1);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, Stage1_BatchNorm1.Fold, prepared.Slice(0, 112));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 0, prepared: 0, relu: true, output: 16);
}

// BatchNorm in Stage: 4 → 4
internal static class Stage1_BatchNorm1
{
    private const int Gain = 24;            // 4
    private const int Shift = 28;           // 4
    private const int RunningMean = 56;     // 4
    private const int RunningVariance = 60; // 4

    internal static readonly global::SiameseGen.Kernels.BatchNormShape Shape = new(Pixels: 1, Channels: 4, Epsilon: 1E-05f, Momentum: 0.1f);
    internal static readonly global::SiameseGen.Kernels.BatchNormFold Fold = new(Gain, Shift, RunningMean, RunningVariance, 1E-05f);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.BatchNormReLU.Forward(pass, Shape, input: 48, Gain, Shift, RunningMean, RunningVariance, statistics: 0, saved: 0, output: 64);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.BatchNormReLU.Backward(pass, Shape, input: 48, Gain, Shift, statistics: 0, saved: 0, outputGradient: 80, inputGradient: 80);
}

// Dense(4) in Stage: 4 → 4
internal static class Head_Dense1
{
    private const int Weight = 32; // 4×4
    private const int Bias = -1;   // none

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 4, Outputs: 4);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 64, Weight, Bias, output: 80);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 64, Weight, Bias, outputGradient: 32, inputGradient: 80);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, Head_BatchNorm1.Fold, prepared.Slice(112, 80));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 16, prepared: 112, relu: true, output: 0);
}

// BatchNorm in Stage: 4 → 4
internal static class Head_BatchNorm1
{
    private const int Gain = 48;            // 4
    private const int Shift = 52;           // 4
    private const int RunningMean = 64;     // 4
    private const int RunningVariance = 68; // 4

    internal static readonly global::SiameseGen.Kernels.BatchNormShape Shape = new(Pixels: 1, Channels: 4, Epsilon: 1E-05f, Momentum: 0.1f);
    internal static readonly global::SiameseGen.Kernels.BatchNormFold Fold = new(Gain, Shift, RunningMean, RunningVariance, 1E-05f);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.BatchNormReLU.Forward(pass, Shape, input: 80, Gain, Shift, RunningMean, RunningVariance, statistics: 128, saved: 20, output: 16);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.BatchNormReLU.Backward(pass, Shape, input: 80, Gain, Shift, statistics: 128, saved: 20, outputGradient: 32, inputGradient: 32);
}

// encoder Demo.Encoder: 6 -> 4
// architecture features 6; dense bias 0 -> 4; batchnorm epsilon 1E-05; relu; dense bias 0 -> 4; batchnorm epsilon 1E-05; relu
// parameters 56 trained, 16 running
//   stage1.dense1.weight @0 6×4 HeUniform
//   stage1.batchnorm1.gain @24 4 Ones
//   stage1.batchnorm1.shift @28 4 Zeros
//   head.dense1.weight @32 4×4 HeUniform
//   head.batchnorm1.gain @48 4 Ones
//   head.batchnorm1.shift @52 4 Zeros
//   stage1.batchnorm1.running_mean @56 4 Zeros
//   stage1.batchnorm1.running_variance @60 4 Ones
//   head.batchnorm1.running_mean @64 4 Zeros
//   head.batchnorm1.running_variance @68 4 Ones
// training arena 96, common 48, statistics 256 doubles, saved 40, scratch 8384
//   @0 +6 steps 0..9: input
//   @48 +4 steps 1..8: stage1.dense1
//   @64 +4 steps 2..7: stage1.relu1
//   @80 +4 steps 3..6: head.dense1
//   @16 +4 steps 4..5: head.relu1
//   @32 +4 steps 5..7: d head.relu1 = d head.dense1
//   @80 +4 steps 7..9: d stage1.relu1 = d stage1.dense1
// forward
//   stage1.dense1 6 -> 4: input @0, output @48, gemm
//   stage1.batchnorm1 + stage1.relu1 4 -> 4: input @48, statistics @0, saved @0, output @64
//   head.dense1 4 -> 4: input @64, output @80, gemm
//   head.batchnorm1 + head.relu1 4 -> 4: input @80, statistics @128, saved @20, output @16
// backward
//   head.batchnorm1 + head.relu1 4 -> 4: input @80, statistics @128, saved @20, outputGradient @32, inputGradient @32
//   head.dense1 4 -> 4: input @64, outputGradient @32, inputGradient @80, gemm
//   stage1.batchnorm1 + stage1.relu1 4 -> 4: input @48, statistics @0, saved @0, outputGradient @80, inputGradient @80
//   stage1.dense1 6 -> 4: input @0, outputGradient @80, inputGradient none, gemm
// inference arena 32, prepared 192, scratch 0
//   @0 +6 steps 0..1: input
//   @16 +4 steps 1..2: stage1.relu1
//   @0 +4 steps 2..3: head.relu1
// infer
//   stage1.dense1 + stage1.batchnorm1 + stage1.relu1 6 -> 4: input @0, prepared @0, output @16, gemm
//   head.dense1 + head.batchnorm1 + head.relu1 4 -> 4: input @16, prepared @112, output @0, gemm
