namespace SiameseGen;

/// <summary>What training minimises. An encoder has at most one loss; one that only loads weights and embeds needs none.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LossAttribute : Attribute
{
    // The generator knows the losses of this assembly and no others.
    private protected LossAttribute()
    {
    }
}
