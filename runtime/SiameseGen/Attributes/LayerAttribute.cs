namespace SiameseGen;

/// <summary>
/// One layer of an encoder. Layers apply in the order in which they are written; the same kind may occur any number of times.
/// </summary>
/// <remarks>
/// A layer sees either an image, height × width × channels with the channels of a pixel next to each other, or a vector. Semantics and
/// defaults are PyTorch's, except that PyTorch puts the channels of an image first.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    // The generator knows the layers of this assembly and no others.
    private protected LayerAttribute()
    {
    }
}
