// [Image(5, 5), Conv2D(2), ReLU, GeMPool(Power = 2f)]

// GeMPool: 3×3×2 → 2
internal static class GeMPool1
{
    private const int Power = 20; // 1

    private const int Pixels = 9;
    private const int Channels = 2;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.GeMPool.Forward(pass, Pixels, Channels, input: 64, Power, output: 32);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.GeMPool.Backward(pass, Pixels, Channels, input: 64, Power, outputGradient: 48, inputGradient: 96);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.GeMPool.Prepare(parameters, Power, prepared.Slice(160, 1));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.GeMPool.Infer(pass, Pixels, Channels, input: 32, prepared: 160, output: 0);
}

// encoder Demo.Encoder: 5×5×1 -> 2
// architecture image 5x5x1; conv2d 2 kernel 3 stride 1 pad 0 0 bias 1 -> 3x3x2; relu; gempool -> 2
// parameters 21 trained, 0 running
//   conv2d1.weight @0 3×3×1×2 HeUniform
//   conv2d1.bias @18 2 Zeros
//   gempool1.power @20 1 Constant 2
// training arena 128, common 64, statistics 0 doubles, saved 0, scratch 2848
//   @0 +25 steps 0..7: input
//   @64 +18 steps 1..6: conv2d1 = relu1
//   @32 +2 steps 3..4: gempool1
//   @48 +2 steps 4..5: d gempool1
//   @96 +18 steps 5..7: d relu1 = d conv2d1
// forward
//   conv2d1 5×5×1 -> 3×3×2: input @0, output @64, direct
//   relu1 3×3×2 -> 3×3×2: input @64, output @64
//   gempool1 3×3×2 -> 2: input @64, output @32
// backward
//   gempool1 3×3×2 -> 2: input @64, outputGradient @48, inputGradient @96
//   relu1 3×3×2 -> 3×3×2: output @64, outputGradient @96, inputGradient @96
//   conv2d1 5×5×1 -> 3×3×2: input @0, outputGradient @96, inputGradient none, direct
// inference arena 64, prepared 176, scratch 400
//   @0 +25 steps 0..1: input
//   @32 +18 steps 1..2: relu1
//   @0 +2 steps 2..3: gempool1
// infer
//   conv2d1 + relu1 5×5×1 -> 3×3×2: input @0, prepared @0, output @32, direct
//   gempool1 3×3×2 -> 2: input @32, prepared @160, output @0
