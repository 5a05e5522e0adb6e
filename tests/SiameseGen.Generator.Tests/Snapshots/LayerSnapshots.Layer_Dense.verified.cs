// [Features(6), Dense(4), Tanh]

// Dense(4): 6 → 4
internal static class Dense1
{
    private const int Weight = 0; // 6×4
    private const int Bias = 24;  // 4

    internal static readonly global::SiameseGen.Kernels.DenseShape Shape = new(Inputs: 6, Outputs: 4);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Forward(pass, Shape, input: 0, Weight, Bias, output: 16);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Dense.Backward(pass, Shape, input: 0, Weight, Bias, outputGradient: 32, inputGradient: -1);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.Dense.Prepare(parameters, Shape, Weight, Bias, global::SiameseGen.Kernels.BatchNormFold.None, prepared.Slice(0, 112));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Dense.Infer(pass, Shape, input: 0, prepared: 0, relu: false, output: 16);
}

// encoder Demo.Encoder: 6 -> 4
// architecture features 6; dense bias 1 -> 4; tanh
// parameters 28 trained, 0 running
//   dense1.weight @0 6×4 GlorotUniform
//   dense1.bias @24 4 Zeros
// training arena 48, common 48, statistics 0 doubles, saved 0, scratch 8384
//   @0 +6 steps 0..5: input
//   @16 +4 steps 1..4: dense1 = tanh1
//   @32 +4 steps 3..5: d tanh1 = d dense1
// forward
//   dense1 6 -> 4: input @0, output @16, gemm
//   tanh1 4 -> 4: input @16, output @16
// backward
//   tanh1 4 -> 4: output @16, outputGradient @32, inputGradient @32
//   dense1 6 -> 4: input @0, outputGradient @32, inputGradient none, gemm
// inference arena 32, prepared 112, scratch 0
//   @0 +6 steps 0..1: input
//   @16 +4 steps 1..3: dense1 = tanh1
// infer
//   dense1 6 -> 4: input @0, prepared @0, output @16, gemm
//   tanh1 4 -> 4: input @16, output @16
