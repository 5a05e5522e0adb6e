// [Image(5, 5), Rescale(2f, Offset = -1f), Flatten, Dense(4)]

// Rescale(2): 5×5×1 → 5×5×1
internal static class Rescale1
{
    private const int Length = 25;
    private const float Scale = 2f;
    private const float Offset = -1f;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Affine.Forward(pass, Length, Scale, Offset, input: 0, output: 64);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Affine.Infer(pass, Length, Scale, Offset, input: 0, output: 0);
}

// encoder Demo.Encoder: 5×5×1 -> 4
// architecture image 5x5x1; affine 2 -1; flatten -> 25; dense bias 1 -> 4
// parameters 104 trained, 0 running
//   dense1.weight @0 25×4 GlorotUniform
//   dense1.bias @100 4 Zeros
// training arena 96, common 64, statistics 0 doubles, saved 0, scratch 8384
//   @0 +25 steps 0..1: input
//   @64 +25 steps 1..4: rescale1
//   @32 +4 steps 2..3: dense1
//   @48 +4 steps 3..4: d dense1
// forward
//   rescale1 5×5×1 -> 5×5×1: input @0, output @64
//   dense1 25 -> 4: input @64, output @32, gemm
// backward
//   dense1 25 -> 4: input @64, outputGradient @48, inputGradient none, gemm
// inference arena 48, prepared 416, scratch 0
//   @0 +25 steps 0..2: input = rescale1
//   @32 +4 steps 2..3: dense1
// infer
//   rescale1 5×5×1 -> 5×5×1: input @0, output @0
//   dense1 25 -> 4: input @0, prepared @0, output @32, gemm
