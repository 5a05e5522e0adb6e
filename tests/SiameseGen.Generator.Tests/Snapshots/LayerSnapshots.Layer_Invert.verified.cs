// [Image(5, 5), Invert, Flatten, Dense(4)]

// Invert: 5×5×1 → 5×5×1
internal static class Invert1
{
    private const int Length = 25;
    private const float Scale = -1f;
    private const float Offset = 1f;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.Affine.Forward(pass, Length, Scale, Offset, input: 0, output: 64);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.Affine.Infer(pass, Length, Scale, Offset, input: 0, output: 0);
}

// encoder Demo.Encoder: 5×5×1 -> 4
// architecture image 5x5x1; affine -1 1; flatten -> 25; dense bias 1 -> 4
// parameters 104 trained, 0 running
//   dense1.weight @0 25×4 GlorotUniform
//   dense1.bias @100 4 Zeros
// training arena 96, common 64, statistics 0 doubles, saved 0, scratch 8384
//   @0 +25 steps 0..1: input
//   @64 +25 steps 1..4: invert1
//   @32 +4 steps 2..3: dense1
//   @48 +4 steps 3..4: d dense1
// forward
//   invert1 5×5×1 -> 5×5×1: input @0, output @64
//   dense1 25 -> 4: input @64, output @32, gemm
// backward
//   dense1 25 -> 4: input @64, outputGradient @48, inputGradient none, gemm
// inference arena 48, prepared 416, scratch 0
//   @0 +25 steps 0..2: input = invert1
//   @32 +4 steps 2..3: dense1
// infer
//   invert1 5×5×1 -> 5×5×1: input @0, output @0
//   dense1 25 -> 4: input @0, prepared @0, output @32, gemm
