// [Image(5, 5), Conv2D(2), SpatialDropout(0.25f), Flatten]

// SpatialDropout(0.25): 3×3×2 → 3×3×2
internal static class SpatialDropout1
{
    private const int Pixels = 9;
    private const int Channels = 2;
    private const float Rate = 0.25f;
    private const int Layer = 1;

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.SpatialDropout.Forward(pass, Pixels, Channels, Rate, Layer, input: 32, output: 32);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.SpatialDropout.Backward(pass, Pixels, Channels, Rate, Layer, outputGradient: 64, inputGradient: 64);
}

// encoder Demo.Encoder: 5×5×1 -> 18
// architecture image 5x5x1; conv2d 2 kernel 3 stride 1 pad 0 0 bias 1 -> 3x3x2; flatten -> 18
// parameters 20 trained, 0 running
//   conv2d1.weight @0 3×3×1×2 GlorotUniform
//   conv2d1.bias @18 2 Zeros
// training arena 96, common 96, statistics 0 doubles, saved 0, scratch 2848
//   @0 +25 steps 0..5: input
//   @32 +18 steps 1..3: conv2d1 = spatialdropout1
//   @64 +18 steps 3..5: d spatialdropout1 = d conv2d1
// forward
//   conv2d1 5×5×1 -> 3×3×2: input @0, output @32, direct
//   spatialdropout1 3×3×2 -> 3×3×2: input @32, output @32
// backward
//   spatialdropout1 3×3×2 -> 3×3×2: outputGradient @64, inputGradient @64
//   conv2d1 5×5×1 -> 3×3×2: input @0, outputGradient @64, inputGradient none, direct
// inference arena 64, prepared 160, scratch 400
//   @0 +25 steps 0..1: input
//   @32 +18 steps 1..2: conv2d1
// infer
//   conv2d1 5×5×1 -> 3×3×2: input @0, prepared @0, output @32, direct
