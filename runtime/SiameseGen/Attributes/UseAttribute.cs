namespace SiameseGen;

/// <summary>Puts in the layers of a block.</summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class UseAttribute<TBlock> : WeightedLayerAttribute
    where TBlock : class;
