// [Image(5, 5), Conv2D(2), PReLU, Flatten]

// PReLU: 3×3×2 → 3×3×2
internal static class PReLU1
{
    private const int Slope = 20; // 2

    private const int Length = 18;
    private const int Channels = 2;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.PReLU.Forward(pass, Length, Channels, input: 96, Slope, output: 32);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.PReLU.Backward(pass, Length, Channels, input: 96, Slope, outputGradient: 64, inputGradient: 64);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.PReLU.Prepare(parameters, Channels, Slope, prepared.Slice(160, 2));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.PReLU.Infer(pass, Length, Channels, input: 32, prepared: 160, output: 32);
}

// encoder Demo.Encoder: 5×5×1 -> 18
// architecture image 5x5x1; conv2d 2 kernel 3 stride 1 pad 0 0 bias 1 -> 3x3x2; prelu; flatten -> 18
// parameters 22 trained, 0 running
//   conv2d1.weight @0 3×3×1×2 HeUniform
//   conv2d1.bias @18 2 Zeros
//   prelu1.slope @20 2 Constant 0.25
// training arena 128, common 96, statistics 0 doubles, saved 0, scratch 2848
//   @0 +25 steps 0..5: input
//   @96 +18 steps 1..4: conv2d1
//   @32 +18 steps 2..3: prelu1
//   @64 +18 steps 3..5: d prelu1 = d conv2d1
// forward
//   conv2d1 5×5×1 -> 3×3×2: input @0, output @96, direct
//   prelu1 3×3×2 -> 3×3×2: input @96, output @32
// backward
//   prelu1 3×3×2 -> 3×3×2: input @96, outputGradient @64, inputGradient @64
//   conv2d1 5×5×1 -> 3×3×2: input @0, outputGradient @64, inputGradient none, direct
// inference arena 64, prepared 176, scratch 400
//   @0 +25 steps 0..1: input
//   @32 +18 steps 1..3: conv2d1 = prelu1
// infer
//   conv2d1 5×5×1 -> 3×3×2: input @0, prepared @0, output @32, direct
//   prelu1 3×3×2 -> 3×3×2: input @32, prepared @160, output @32
