namespace SiameseGen.Onnx;

/// <summary>A tensor of weights in SiameseGen's order: convolutions height × width × channels × filters, dense layers inputs × outputs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Values">Its values.</param>
internal sealed record OnnxTensor(string Name, IReadOnlyList<int> Shape, float[] Values);
