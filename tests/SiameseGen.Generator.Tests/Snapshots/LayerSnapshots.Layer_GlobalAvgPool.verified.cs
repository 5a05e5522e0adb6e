// [Image(5, 5), Conv2D(2), GlobalAvgPool]

// GlobalAvgPool: 3×3×2 → 2
internal static class GlobalAvgPool1
{
    private const int Pixels = 9;
    private const int Channels = 2;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.GlobalAvgPool.Forward(pass, Pixels, Channels, input: 64, output: 32);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.GlobalAvgPool.Backward(pass, Pixels, Channels, outputGradient: 48, inputGradient: 64);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.GlobalAvgPool.Infer(pass, Pixels, Channels, input: 32, output: 0);
}

// encoder Demo.Encoder: 5×5×1 -> 2
// architecture image 5x5x1; conv2d 2 kernel 3 stride 1 pad 0 0 bias 1 -> 3x3x2; globalavgpool -> 2
// parameters 20 trained, 0 running
//   conv2d1.weight @0 3×3×1×2 GlorotUniform
//   conv2d1.bias @18 2 Zeros
// training arena 96, common 64, statistics 0 doubles, saved 0, scratch 2848
//   @0 +25 steps 0..5: input
//   @64 +18 steps 1..2: conv2d1
//   @32 +2 steps 2..3: globalavgpool1
//   @48 +2 steps 3..4: d globalavgpool1
//   @64 +18 steps 4..5: d conv2d1
// forward
//   conv2d1 5×5×1 -> 3×3×2: input @0, output @64, direct
//   globalavgpool1 3×3×2 -> 2: input @64, output @32
// backward
//   globalavgpool1 3×3×2 -> 2: outputGradient @48, inputGradient @64
//   conv2d1 5×5×1 -> 3×3×2: input @0, outputGradient @64, inputGradient none, direct
// inference arena 64, prepared 160, scratch 400
//   @0 +25 steps 0..1: input
//   @32 +18 steps 1..2: conv2d1
//   @0 +2 steps 2..3: globalavgpool1
// infer
//   conv2d1 5×5×1 -> 3×3×2: input @0, prepared @0, output @32, direct
//   globalavgpool1 3×3×2 -> 2: input @32, output @0
