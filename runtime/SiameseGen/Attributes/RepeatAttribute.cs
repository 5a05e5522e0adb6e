namespace SiameseGen;

/// <summary>Puts in the layers of a block several times, one after the other, each time with weights of its own.</summary>
/// <param name="times">How often, from 1 to 1,024.</param>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RepeatAttribute<TBlock>(int times) : WeightedLayerAttribute
    where TBlock : class
{
    /// <summary>How often.</summary>
    public int Times { get; } = times;
}
