namespace SiameseGen;

/// <summary>
/// One layer of an encoder. Layers apply in the order in which they are written; the same kind may occur any number of times.
/// </summary>
/// <remarks>
/// A layer sees either an image, height × width × channels with the channels of a pixel next to each other, or a vector. What layers
/// compute and their defaults are PyTorch's, except that PyTorch puts the channels of an image first, starts weights and biases otherwise
/// (see <see cref="Conv2DAttribute"/>), has a bias before batch normalisation too, and refuses <c>padding='same'</c> with strides above 1.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    // The generator knows the layers of this assembly and no others.
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// What the layer or block is called in tables and in names of tensors (<c>stem.weight</c>): a letter, then at most 63 letters, digits and underscores, all of them
    /// ASCII. Not set, it is the kind and a number, such as <c>conv2d1</c>, which changes when a layer of the kind is added before it.
    /// </summary>
    public string? Name { get; set; }
}
