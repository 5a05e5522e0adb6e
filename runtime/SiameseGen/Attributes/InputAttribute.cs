namespace SiameseGen;

/// <summary>What an encoder reads. An encoder has exactly one input, before its layers.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class InputAttribute : Attribute
{
    // The generator knows the inputs of this assembly and no others.
    private protected InputAttribute()
    {
    }
}
