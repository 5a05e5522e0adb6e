// [Features(6), Dense(4), L2Normalize]

// L2Normalize: 4 → 4
internal static class L2Normalize1
{
    private const int Length = 4;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.L2Normalize.Forward(pass, Length, input: 48, output: 16);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.L2Normalize.Backward(pass, Length, input: 48, output: 16, outputGradient: 32, inputGradient: 32);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.L2Normalize.Infer(pass, Length, input: 16, output: 0);
}

// encoder Demo.Encoder: 6 -> 4
// architecture features 6; dense bias 1 -> 4; l2normalize
// parameters 28 trained, 0 running
//   dense1.weight @0 6×4 GlorotUniform
//   dense1.bias @24 4 Zeros
// training arena 64, common 48, statistics 0 doubles, saved 0, scratch 8384
//   @0 +6 steps 0..5: input
//   @48 +4 steps 1..4: dense1
//   @16 +4 steps 2..4: l2normalize1
//   @32 +4 steps 3..5: d l2normalize1 = d dense1
// forward
//   dense1 6 -> 4: input @0, output @48, gemm
//   l2normalize1 4 -> 4: input @48, output @16
// backward
//   l2normalize1 4 -> 4: input @48, output @16, outputGradient @32, inputGradient @32
//   dense1 6 -> 4: input @0, outputGradient @32, inputGradient none, gemm
// inference arena 32, prepared 112, scratch 0
//   @0 +6 steps 0..1: input
//   @16 +4 steps 1..2: dense1
//   @0 +4 steps 2..3: l2normalize1
// infer
//   dense1 6 -> 4: input @0, prepared @0, output @16, gemm
//   l2normalize1 4 -> 4: input @16, output @0
