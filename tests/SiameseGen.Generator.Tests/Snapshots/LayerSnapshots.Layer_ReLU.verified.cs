// [Features(6), Dense(4), Dropout(0.5f), L2Normalize, ReLU]

// ReLU: 4 → 4
internal static class ReLU1
{
    private const int Length = 4;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Forward(pass, Length, input: 64, output: 16);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.ReLU.Backward(pass, Length, output: 16, outputGradient: 32, inputGradient: 32);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.ReLU.Infer(pass, Length, input: 0, output: 0);
}

// encoder Demo.Encoder: 6 -> 4
// architecture features 6; dense bias 1 -> 4; l2normalize; relu
// parameters 28 trained, 0 running
//   dense1.weight @0 6×4 GlorotUniform
//   dense1.bias @24 4 Zeros
// training arena 80, common 48, statistics 0 doubles, saved 0, scratch 8384
//   @0 +6 steps 0..9: input
//   @48 +4 steps 1..7: dense1 = dropout1
//   @64 +4 steps 3..7: l2normalize1
//   @16 +4 steps 4..6: relu1
//   @32 +4 steps 5..9: d relu1 = d l2normalize1 = d dropout1 = d dense1
// forward
//   dense1 6 -> 4: input @0, output @48, gemm
//   dropout1 4 -> 4: input @48, output @48
//   l2normalize1 4 -> 4: input @48, output @64
//   relu1 4 -> 4: input @64, output @16
// backward
//   relu1 4 -> 4: output @16, outputGradient @32, inputGradient @32
//   l2normalize1 4 -> 4: input @48, output @64, outputGradient @32, inputGradient @32
//   dropout1 4 -> 4: outputGradient @32, inputGradient @32
//   dense1 6 -> 4: input @0, outputGradient @32, inputGradient none, gemm
// inference arena 32, prepared 112, scratch 0
//   @0 +6 steps 0..1: input
//   @16 +4 steps 1..2: dense1
//   @0 +4 steps 2..4: l2normalize1 = relu1
// infer
//   dense1 6 -> 4: input @0, prepared @0, output @16, gemm
//   l2normalize1 4 -> 4: input @16, output @0
//   relu1 4 -> 4: input @0, output @0
