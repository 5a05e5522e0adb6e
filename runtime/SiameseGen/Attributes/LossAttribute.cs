namespace SiameseGen;

/// <summary>
/// What training minimises. An encoder has one loss, or several of which each has a <see cref="Weight"/>; one that only loads weights and embeds needs none.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LossAttribute : Attribute
{
    // The generator knows the losses of this assembly and no others.
    private protected LossAttribute()
    {
    }

    /// <summary>What the loss is multiplied by before it is added to the others, above 0 and finite. Set it on each of several losses; embeddings are compared by the distance of the first.</summary>
    public float Weight { get; set; } = 1f;
}
