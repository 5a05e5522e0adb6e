namespace SiameseGen.Persistence;

/// <summary>A tensor of another framework's file, and what it is.</summary>
/// <param name="Entry">The tensor.</param>
/// <param name="Layer">The name of its layer, such as <c>features.0</c>.</param>
/// <param name="Word">What its name says it is, such as <c>running_mean</c>.</param>
internal sealed record ForeignTensor(SafetensorsEntry Entry, string Layer, string Word);

/// <summary>A layer of another framework's file.</summary>
/// <param name="Name">Its name, such as <c>features.0</c>.</param>
/// <param name="Sort">What sort of layer it is.</param>
/// <param name="Tensors">Its tensors by what they are.</param>
internal sealed record ForeignLayer(string Name, LayerSort Sort, IReadOnlyDictionary<ParameterRole, SafetensorsEntry> Tensors);
