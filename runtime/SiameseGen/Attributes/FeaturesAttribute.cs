namespace SiameseGen;

/// <summary>The encoder reads vectors of a fixed number of features.</summary>
/// <param name="count">Features, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FeaturesAttribute(int count) : InputAttribute
{
    /// <summary>Features.</summary>
    public int Count { get; } = count;
}
