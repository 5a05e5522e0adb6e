// [Features(6), BatchNorm(Epsilon = 0.001f, Momentum = 0.25f), L2Normalize]

// BatchNorm: 6 → 6
internal static class BatchNorm1
{
    private const int Gain = 0;             // 6
    private const int Shift = 6;            // 6
    private const int RunningMean = 12;     // 6
    private const int RunningVariance = 18; // 6

    internal static readonly global::SiameseGen.Kernels.BatchNormShape Shape = new(Pixels: 1, Channels: 6, Epsilon: 0.001f, Momentum: 0.25f);
    internal static readonly global::SiameseGen.Kernels.BatchNormFold Fold = new(Gain, Shift, RunningMean, RunningVariance, 0.001f);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.BatchNorm.Forward(pass, Shape, input: 0, Gain, Shift, RunningMean, RunningVariance, statistics: 0, saved: 0, output: 48);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.BatchNorm.Backward(pass, Shape, input: 0, Gain, Shift, statistics: 0, saved: 0, outputGradient: 32, inputGradient: -1);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.BatchNorm.Prepare(parameters, Shape, Fold, prepared.Slice(0, 12));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.BatchNorm.Infer(pass, Shape, input: 0, prepared: 0, output: 0);
}

// encoder Demo.Encoder: 6 -> 6
// architecture features 6; batchnorm epsilon 0.001; l2normalize
// parameters 12 trained, 12 running
//   batchnorm1.gain @0 6 Ones
//   batchnorm1.shift @6 6 Zeros
//   batchnorm1.running_mean @12 6 Zeros
//   batchnorm1.running_variance @18 6 Ones
// training arena 64, common 48, statistics 192 doubles, saved 30, scratch 0
//   @0 +6 steps 0..5: input
//   @48 +6 steps 1..4: batchnorm1
//   @16 +6 steps 2..4: l2normalize1
//   @32 +6 steps 3..5: d l2normalize1 = d batchnorm1
// forward
//   batchnorm1 6 -> 6: input @0, statistics @0, saved @0, output @48
//   l2normalize1 6 -> 6: input @48, output @16
// backward
//   l2normalize1 6 -> 6: input @48, output @16, outputGradient @32, inputGradient @32
//   batchnorm1 6 -> 6: input @0, statistics @0, saved @0, outputGradient @32, inputGradient none
// inference arena 32, prepared 16, scratch 0
//   @0 +6 steps 0..2: input = batchnorm1
//   @16 +6 steps 2..3: l2normalize1
// infer
//   batchnorm1 6 -> 6: input @0, prepared @0, output @0
//   l2normalize1 6 -> 6: input @0, output @16
