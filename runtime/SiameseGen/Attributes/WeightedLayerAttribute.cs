namespace SiameseGen;

/// <summary>A layer that has weights, or stands for layers that have: how they decay.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class WeightedLayerAttribute : LearnedLayerAttribute
{
    private protected WeightedLayerAttribute()
    {
    }

    /// <summary>What the optimizer's weight decay is multiplied by for these weights: from 0, for none, to 1,000. Biases, gains and shifts never decay.</summary>
    public float WeightDecayFactor { get; set; } = 1f;
}
