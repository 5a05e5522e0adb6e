using SiameseGen.Benchmarks.Models;
using SiameseGen.Search;

namespace SiameseGen.Benchmarks.GallerySearch;

/// <summary>Searches a gallery of random embeddings, for one query at a time or for several together.</summary>
/// <param name="gallery">The gallery.</param>
/// <param name="queries">The queries.</param>
/// <param name="k">Neighbors of each query.</param>
internal sealed class GallerySearchers(Gallery<MlpEncoder.Embedding> gallery, MlpEncoder.Embedding[] queries, int k) : IContestant
{
    private readonly Neighbor[] _nearest = new Neighbor[queries.Length * k];
    private int _next;

    /// <inheritdoc/>
    public string Name => $"{gallery.Precision}, {queries.Length} queries";

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(Together, duration, milliseconds);

    /// <summary>Searches for one of the queries.</summary>
    public IContestant OneByOne => new Single(this);

    /// <summary>Bytes that searching allocates.</summary>
    public long Allocations(int searches)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < searches; i++)
        {
            One();
            Together();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void One() => gallery.Search(queries[_next++ % queries.Length], _nearest.AsSpan(0, k));

    private void Together() => gallery.Search(queries, _nearest, k);

    private sealed class Single(GallerySearchers all) : IContestant
    {
        public string Name => all.Name;

        public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(all.One, duration, milliseconds);
    }
}
