// [Block, Dense(6), ReLU] class Stage; [Features(6), Repeat<Stage>(2), Dense(4)]

// Dense(6) in Stage: 6 → 6
internal static class Stage1_Dense1
{
    private const int Weight = 0; // 6×6
    private const int Bias = 36;  // 6

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 6, Outputs: 6);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 0, Weight, Bias, output: 48);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 0, Weight, Bias, outputGradient: 64, inputGradient: -1);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(0, 112));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 0, prepared: 0, relu: true, output: 16);
}

// ReLU in Stage: 6 → 6
internal static class Stage1_ReLU1
{
    private const int Length = 6;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Forward(pass, Length, input: 48, output: 48);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Backward(pass, Length, output: 48, outputGradient: 64, inputGradient: 64);
}

// Dense(6) in Stage: 6 → 6
internal static class Stage2_Dense1
{
    private const int Weight = 42; // 6×6
    private const int Bias = 78;   // 6

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 6, Outputs: 6);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 48, Weight, Bias, output: 64);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 48, Weight, Bias, outputGradient: 80, inputGradient: 64);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(112, 112));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 16, prepared: 112, relu: true, output: 0);
}

// ReLU in Stage: 6 → 6
internal static class Stage2_ReLU1
{
    private const int Length = 6;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Forward(pass, Length, input: 64, output: 64);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Backward(pass, Length, output: 64, outputGradient: 80, inputGradient: 80);
}

// Dense(4): 6 → 4
internal static class Dense1
{
    private const int Weight = 84; // 6×4
    private const int Bias = 108;  // 4

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 6, Outputs: 4);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 64, Weight, Bias, output: 16);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 64, Weight, Bias, outputGradient: 32, inputGradient: 80);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(224, 112));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 0, prepared: 224, relu: false, output: 16);
}

// encoder Demo.Encoder: 6 -> 4
// architecture features 6; dense bias 1 -> 6; relu; dense bias 1 -> 6; relu; dense bias 1 -> 4
// parameters 112 trained, 0 running
//   stage1.dense1.weight @0 6×6 HeUniform
//   stage1.dense1.bias @36 6 Zeros
//   stage2.dense1.weight @42 6×6 HeUniform
//   stage2.dense1.bias @78 6 Zeros
//   dense1.weight @84 6×4 GlorotUniform
//   dense1.bias @108 4 Zeros
// training arena 96, common 48, statistics 0 doubles, saved 0, scratch 8384
//   @0 +6 steps 0..11: input
//   @48 +6 steps 1..10: stage1.dense1 = stage1.relu1
//   @64 +6 steps 3..8: stage2.dense1 = stage2.relu1
//   @16 +4 steps 5..6: dense1
//   @32 +4 steps 6..7: d dense1
//   @80 +6 steps 7..9: d stage2.relu1 = d stage2.dense1
//   @64 +6 steps 9..11: d stage1.relu1 = d stage1.dense1
// forward
//   stage1.dense1 6 -> 6: input @0, output @48, gemm
//   stage1.relu1 6 -> 6: input @48, output @48
//   stage2.dense1 6 -> 6: input @48, output @64, gemm
//   stage2.relu1 6 -> 6: input @64, output @64
//   dense1 6 -> 4: input @64, output @16, gemm
// backward
//   dense1 6 -> 4: input @64, outputGradient @32, inputGradient @80, gemm
//   stage2.relu1 6 -> 6: output @64, outputGradient @80, inputGradient @80
//   stage2.dense1 6 -> 6: input @48, outputGradient @80, inputGradient @64, gemm
//   stage1.relu1 6 -> 6: output @48, outputGradient @64, inputGradient @64
//   stage1.dense1 6 -> 6: input @0, outputGradient @64, inputGradient none, gemm
// inference arena 32, prepared 336, scratch 0
//   @0 +6 steps 0..1: input
//   @16 +6 steps 1..2: stage1.relu1
//   @0 +6 steps 2..3: stage2.relu1
//   @16 +4 steps 3..4: dense1
// infer
//   stage1.dense1 + stage1.relu1 6 -> 6: input @0, prepared @0, output @16, gemm
//   stage2.dense1 + stage2.relu1 6 -> 6: input @16, prepared @112, output @0, gemm
//   dense1 6 -> 4: input @0, prepared @224, output @16, gemm
