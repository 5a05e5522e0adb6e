namespace SiameseGen;

/// <summary>Reads an image as a vector, row by row, the channels of a pixel next to each other.</summary>
/// <remarks>
/// H × W × C becomes a vector of H · W · C; no parameters, and no work: the values stay where they are. PyTorch's <c>Flatten</c>, except
/// that PyTorch's images have their channels first, so that its vector has another order.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : LayerAttribute;
