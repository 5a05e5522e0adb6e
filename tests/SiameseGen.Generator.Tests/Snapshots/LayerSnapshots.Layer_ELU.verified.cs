// [Features(6), Dense(4), ELU(Alpha = 0.5f)]

// ELU: 4 → 4
internal static class ELU1
{
    private const int Length = 4;
    private const float Alpha = 0.5f;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ELU.Forward(pass, Length, Alpha, input: 16, output: 16);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ELU.Backward(pass, Length, Alpha, output: 16, outputGradient: 32, inputGradient: 32);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.ELU.Infer(pass, Length, Alpha, input: 16, output: 16);
}

// encoder Demo.Encoder: 6 -> 4
// architecture features 6; dense bias 1 -> 4; elu 0.5
// parameters 28 trained, 0 running
//   dense1.weight @0 6×4 GlorotUniform
//   dense1.bias @24 4 Zeros
// training arena 48, common 48, statistics 0 doubles, saved 0, scratch 8384
//   @0 +6 steps 0..5: input
//   @16 +4 steps 1..4: dense1 = elu1
//   @32 +4 steps 3..5: d elu1 = d dense1
// forward
//   dense1 6 -> 4: input @0, output @16, gemm
//   elu1 4 -> 4: input @16, output @16
// backward
//   elu1 4 -> 4: output @16, outputGradient @32, inputGradient @32
//   dense1 6 -> 4: input @0, outputGradient @32, inputGradient none, gemm
// inference arena 32, prepared 112, scratch 0
//   @0 +6 steps 0..1: input
//   @16 +4 steps 1..3: dense1 = elu1
// infer
//   dense1 6 -> 4: input @0, prepared @0, output @16, gemm
//   elu1 4 -> 4: input @16, output @16
