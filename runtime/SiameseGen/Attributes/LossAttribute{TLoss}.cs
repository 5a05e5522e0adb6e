using SiameseGen.Losses;

namespace SiameseGen;

/// <summary>A loss of one's own: a struct that implements <see cref="IEmbeddingLoss"/>.</summary>
/// <typeparam name="TLoss">The struct.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LossAttribute<TLoss> : LossAttribute
    where TLoss : struct, IEmbeddingLoss;
