// [Image(5, 5), Conv2D(4), LayerNorm, Flatten]

// LayerNorm: 3×3×4 → 3×3×4
internal static class LayerNorm1
{
    private const int Gain = 40;  // 4
    private const int Shift = 44; // 4

    internal static readonly global::SiameseGen.Kernels.GroupNormShape Shape = new(Rows: 9, Pixels: 1, Channels: 4, Groups: 1, Epsilon: 1E-05f);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.GroupNorm.Forward(pass, Shape, input: 128, Gain, Shift, output: 32);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.GroupNorm.Backward(pass, Shape, input: 128, Gain, Shift, outputGradient: 80, inputGradient: 80);

    internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>
        global::SiameseGen.Kernels.GroupNorm.Prepare(parameters, Shape, Gain, Shift, prepared.Slice(160, 8));

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.GroupNorm.Infer(pass, Shape, input: 0, prepared: 160, output: 0);
}

// encoder Demo.Encoder: 5×5×1 -> 36
// architecture image 5x5x1; conv2d 4 kernel 3 stride 1 pad 0 0 bias 1 -> 3x3x4; layernorm epsilon 1E-05; flatten -> 36
// parameters 48 trained, 0 running
//   conv2d1.weight @0 3×3×1×4 GlorotUniform
//   conv2d1.bias @36 4 Zeros
//   layernorm1.gain @40 4 Ones
//   layernorm1.shift @44 4 Zeros
// training arena 176, common 128, statistics 0 doubles, saved 0, scratch 2848
//   @0 +25 steps 0..5: input
//   @128 +36 steps 1..4: conv2d1
//   @32 +36 steps 2..3: layernorm1
//   @80 +36 steps 3..5: d layernorm1 = d conv2d1
// forward
//   conv2d1 5×5×1 -> 3×3×4: input @0, output @128, direct
//   layernorm1 3×3×4 -> 3×3×4: input @128, output @32
// backward
//   layernorm1 3×3×4 -> 3×3×4: input @128, outputGradient @80, inputGradient @80
//   conv2d1 5×5×1 -> 3×3×4: input @0, outputGradient @80, inputGradient none, direct
// inference arena 80, prepared 176, scratch 512
//   @48 +25 steps 0..1: input
//   @0 +36 steps 1..3: conv2d1 = layernorm1
// infer
//   conv2d1 5×5×1 -> 3×3×4: input @48, prepared @0, output @0, direct
//   layernorm1 3×3×4 -> 3×3×4: input @0, prepared @160, output @0
