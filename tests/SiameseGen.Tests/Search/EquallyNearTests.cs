using SiameseGen.Search;
using Xunit;

namespace SiameseGen.Tests.Search;

/// <summary>Rows at distances that are equal to the last bit come in the order of their indices, though the squares that are scanned may differ.</summary>
public class EquallyNearTests
{
    [Theory]
    [InlineData(DistanceMetric.Euclidean, GalleryPrecision.Float32)]
    [InlineData(DistanceMetric.Euclidean, GalleryPrecision.Float16)]
    [InlineData(DistanceMetric.Euclidean, GalleryPrecision.Int8)]
    [InlineData(DistanceMetric.SquaredEuclidean, GalleryPrecision.Float32)]
    [InlineData(DistanceMetric.Cosine, GalleryPrecision.Float32)]
    public void Rows_are_ranked_by_the_distance_that_is_reported(DistanceMetric metric, GalleryPrecision precision)
    {
        foreach (float radius in (float[])[1.5f, 1.05f, 1e-6f, 3e-21f, 1e15f])
        {
            // On a circle around the query: distances are equal but for their last bits.
            var gallery = new Gallery<Embedding<Length3>>(metric, precision);
            for (int i = 0; i < 1000 && (precision is not GalleryPrecision.Float16 || radius < 1e4f); i++)
                gallery.Add(Embedding<Length3>.From([radius * MathF.Sin(i), radius * MathF.Cos(i), 0f]));
            Embedding<Length3> query = Embedding<Length3>.From([0f, 0f, 0f]);
            var all = new Neighbor[gallery.Count];
            if (all.Length == 0)
                continue;
            gallery.Search(query, all);
            Assert.Equal(all.OrderBy(neighbor => neighbor.Distance).ThenBy(neighbor => neighbor.Index), all);
            foreach (int k in (int[])[1, 2, 5, 50, 500, 999])
            {
                var some = new Neighbor[k];
                gallery.Search(query, some);
                Assert.Equal(all[..k], some);
                var several = new Neighbor[5 * k];
                gallery.Search([query, query, query, query, query], several, k);
                Assert.Equal(Enumerable.Range(0, 5).SelectMany(_ => some), several);
            }
        }
    }
}
