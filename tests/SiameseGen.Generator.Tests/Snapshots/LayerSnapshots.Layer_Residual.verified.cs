// [Block, Dense(6), ReLU, Dense(6)] class Body; [Features(6), Dense(6), Residual<Body>, ReLU, Dense(4)]

// Dense(6): 6 → 6
internal static class Dense1
{
    private const int Weight = 0; // 6×6
    private const int Bias = 36;  // 6

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 6, Outputs: 6);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 0, Weight, Bias, output: 48);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 0, Weight, Bias, outputGradient: 96, inputGradient: -1);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(0, 112));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 0, prepared: 0, relu: false, output: 16);
}

// Dense(6) in Body: 6 → 6
internal static class Body1_Dense1
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

// ReLU in Body: 6 → 6
internal static class Body1_ReLU1
{
    private const int Length = 6;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Forward(pass, Length, input: 64, output: 64);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Backward(pass, Length, output: 64, outputGradient: 80, inputGradient: 80);
}

// Dense(6) in Body: 6 → 6
internal static class Body1_Dense2
{
    private const int Weight = 84; // 6×6
    private const int Bias = 120;  // 6

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 6, Outputs: 6);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 64, Weight, Bias, output: 80);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 64, Weight, Bias, outputGradient: 96, inputGradient: 80);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(224, 112));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 0, prepared: 224, relu: false, output: 32);
}

// Residual: 6 → 6
internal static class Body1_Add1
{
    private const int Length = 6;
    private const int ForkLength = 6;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Add.Forward(pass, Length, input: 80, branch: 48, output: 80);

    internal static void Accumulate(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Branches.Accumulate(pass, ForkLength, first: 96, second: 64, sum: 96);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Add.Infer(pass, Length, input: 32, branch: 16, output: 32);
}

// ReLU: 6 → 6
internal static class ReLU1
{
    private const int Length = 6;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Forward(pass, Length, input: 80, output: 80);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Backward(pass, Length, output: 80, outputGradient: 96, inputGradient: 96);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.ReLU.Infer(pass, Length, input: 32, output: 32);
}

// Dense(4): 6 → 4
internal static class Dense2
{
    private const int Weight = 126; // 6×4
    private const int Bias = 150;   // 4

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 6, Outputs: 4);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 80, Weight, Bias, output: 16);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 80, Weight, Bias, outputGradient: 32, inputGradient: 96);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(336, 112));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 32, prepared: 336, relu: false, output: 0);
}

// encoder Demo.Encoder: 6 -> 4
// architecture features 6; dense bias 1 -> 6; dense bias 1 -> 6; relu; dense bias 1 -> 6; add with 1; relu; dense bias 1 -> 4
// parameters 154 trained, 0 running
//   dense1.weight @0 6×6 GlorotUniform
//   dense1.bias @36 6 Zeros
//   body1.dense1.weight @42 6×6 HeUniform
//   body1.dense1.bias @78 6 Zeros
//   body1.dense2.weight @84 6×6 GlorotUniform
//   body1.dense2.bias @120 6 Zeros
//   dense2.weight @126 6×4 GlorotUniform
//   dense2.bias @150 4 Zeros
// training arena 112, common 48, statistics 0 doubles, saved 0, scratch 8384
//   @0 +6 steps 0..15: input
//   @48 +6 steps 1..13: dense1
//   @64 +6 steps 2..12: body1.dense1 = body1.relu1
//   @80 +6 steps 4..10: body1.dense2 = body1.add1 = relu1
//   @16 +4 steps 7..8: dense2
//   @32 +4 steps 8..9: d dense2
//   @96 +6 steps 9..15: d relu1 = d body1.add1 = d dense1
//   @80 +6 steps 11..13: d body1.relu1 = d body1.dense1
//   @64 +6 steps 13..14: d dense1
// forward
//   dense1 6 -> 6: input @0, output @48, gemm
//   body1.dense1 6 -> 6: input @48, output @64, gemm
//   body1.relu1 6 -> 6: input @64, output @64
//   body1.dense2 6 -> 6: input @64, output @80, gemm
//   body1.add1 6 -> 6: input @80, branch @48, output @80
//   relu1 6 -> 6: input @80, output @80
//   dense2 6 -> 4: input @80, output @16, gemm
// backward
//   dense2 6 -> 4: input @80, outputGradient @32, inputGradient @96, gemm
//   relu1 6 -> 6: output @80, outputGradient @96, inputGradient @96
//   body1.dense2 6 -> 6: input @64, outputGradient @96, inputGradient @80, gemm
//   body1.relu1 6 -> 6: output @64, outputGradient @80, inputGradient @80
//   body1.dense1 6 -> 6: input @48, outputGradient @80, inputGradient @64, gemm
//   body1.add1 6 -> 6: first @96, second @64, sum @96
//   dense1 6 -> 6: input @0, outputGradient @96, inputGradient none, gemm
// inference arena 48, prepared 448, scratch 0
//   @0 +6 steps 0..1: input
//   @16 +6 steps 1..4: dense1
//   @0 +6 steps 2..3: body1.relu1
//   @32 +6 steps 3..6: body1.dense2 = body1.add1 = relu1
//   @0 +4 steps 6..7: dense2
// infer
//   dense1 6 -> 6: input @0, prepared @0, output @16, gemm
//   body1.dense1 + body1.relu1 6 -> 6: input @16, prepared @112, output @0, gemm
//   body1.dense2 6 -> 6: input @0, prepared @224, output @32, gemm
//   body1.add1 6 -> 6: input @32, branch @16, output @32
//   relu1 6 -> 6: input @32, output @32
//   dense2 6 -> 4: input @32, prepared @336, output @0, gemm
