namespace SiameseGen.Compiler.Shipping;

/// <summary>An artifact that cannot be used. The message says why as the rest of a sentence, such as <c>it ends in line 7</c>.</summary>
/// <param name="message">Why.</param>
public sealed class ArtifactException(string message) : Exception(message);
