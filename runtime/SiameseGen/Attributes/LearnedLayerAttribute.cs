namespace SiameseGen;

/// <summary>A layer that learns, or stands for layers that do: how training treats what it learns.</summary>
/// <remarks>On a block or a layer that stands for several, the options hold for all layers within that do not set them.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LearnedLayerAttribute : LayerAttribute
{
    private protected LearnedLayerAttribute()
    {
    }

    /// <summary>
    /// Whether training leaves the parameters as they are, such as those of a network that was trained before. Running statistics of batch normalisation still
    /// follow the batches, as in PyTorch. Where all layers up to some place are frozen, the backward pass ends there.
    /// </summary>
    public bool Frozen { get; set; }

    /// <summary>What the learning rate is multiplied by for this layer: above 0 and at most 1,000. Below 1 for layers that were trained before.</summary>
    public float LearningRateFactor { get; set; } = 1f;
}
