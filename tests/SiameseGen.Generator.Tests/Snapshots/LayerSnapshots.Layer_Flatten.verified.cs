// [Image(5, 5), Conv2D(2), Flatten, Dense(4)]

// encoder Demo.Encoder: 5×5×1 -> 4
// architecture image 5x5x1; conv2d 2 kernel 3 stride 1 pad 0 0 bias 1 -> 3x3x2; flatten -> 18; dense bias 1 -> 4
// parameters 96 trained, 0 running
//   conv2d1.weight @0 3×3×1×2 GlorotUniform
//   conv2d1.bias @18 2 Zeros
//   dense1.weight @20 18×4 GlorotUniform
//   dense1.bias @92 4 Zeros
// training arena 128, common 64, statistics 0 doubles, saved 0, scratch 8384
//   @0 +25 steps 0..5: input
//   @64 +18 steps 1..4: conv2d1
//   @32 +4 steps 2..3: dense1
//   @48 +4 steps 3..4: d dense1
//   @96 +18 steps 4..5: d conv2d1
// forward
//   conv2d1 5×5×1 -> 3×3×2: input @0, output @64, direct
//   dense1 18 -> 4: input @64, output @32, gemm
// backward
//   dense1 18 -> 4: input @64, outputGradient @48, inputGradient @96, gemm
//   conv2d1 5×5×1 -> 3×3×2: input @0, outputGradient @96, inputGradient none, direct
// inference arena 64, prepared 464, scratch 400
//   @0 +25 steps 0..1: input
//   @32 +18 steps 1..2: conv2d1
//   @0 +4 steps 2..3: dense1
// infer
//   conv2d1 5×5×1 -> 3×3×2: input @0, prepared @0, output @32, direct
//   dense1 18 -> 4: input @32, prepared @160, output @0, gemm
