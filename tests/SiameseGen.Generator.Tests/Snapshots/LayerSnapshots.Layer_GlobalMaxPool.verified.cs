// [Image(5, 5), Conv2D(2), GlobalMaxPool]

// GlobalMaxPool: 3×3×2 → 2
internal static class GlobalMaxPool1
{
    internal static readonly global::SiameseGen.Kernels.Pool2DShape Shape = new(Height: 3, Width: 3, Channels: 2, WindowHeight: 3, WindowWidth: 3, Stride: 1, OutputHeight: 1, OutputWidth: 1);

    internal static void Forward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.MaxPool2D.Forward(pass, Shape, input: 64, output: 32);

    internal static void Backward(global::SiameseGen.TrainingPass pass) =>
        global::SiameseGen.Kernels.MaxPool2D.Backward(pass, Shape, input: 64, outputGradient: 48, inputGradient: 96);

    internal static void Infer(global::SiameseGen.InferencePass pass) =>
        global::SiameseGen.Kernels.MaxPool2D.Infer(pass, Shape, input: 32, output: 0);
}

// encoder Demo.Encoder: 5×5×1 -> 2
// architecture image 5x5x1; conv2d 2 kernel 3 stride 1 pad 0 0 bias 1 -> 3x3x2; globalmaxpool -> 2
// parameters 20 trained, 0 running
//   conv2d1.weight @0 3×3×1×2 GlorotUniform
//   conv2d1.bias @18 2 Zeros
// training arena 128, common 64, statistics 0 doubles, saved 0, scratch 2848
//   @0 +25 steps 0..5: input
//   @64 +18 steps 1..4: conv2d1
//   @32 +2 steps 2..3: globalmaxpool1
//   @48 +2 steps 3..4: d globalmaxpool1
//   @96 +18 steps 4..5: d conv2d1
// forward
//   conv2d1 5×5×1 -> 3×3×2: input @0, output @64, direct
//   globalmaxpool1 3×3×2 -> 2: input @64, output @32
// backward
//   globalmaxpool1 3×3×2 -> 2: input @64, outputGradient @48, inputGradient @96
//   conv2d1 5×5×1 -> 3×3×2: input @0, outputGradient @96, inputGradient none, direct
// inference arena 64, prepared 160, scratch 400
//   @0 +25 steps 0..1: input
//   @32 +18 steps 1..2: conv2d1
//   @0 +2 steps 2..3: globalmaxpool1
// infer
//   conv2d1 5×5×1 -> 3×3×2: input @0, prepared @0, output @32, direct
//   globalmaxpool1 3×3×2 -> 2: input @32, output @0
