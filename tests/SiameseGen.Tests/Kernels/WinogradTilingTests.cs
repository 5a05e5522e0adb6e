using SiameseGen.Kernels;
using Xunit;

namespace SiameseGen.Tests.Kernels;

public class WinogradTilingTests
{
    private const int Longest = 60;

    [Fact]
    public void Tiles_cover_all_outputs_and_only_the_last_one_may_reach_beyond()
    {
        for (int length = 1; length <= Longest; length++)
        {
            foreach (WinogradTiling tiling in (WinogradTiling[])[WinogradTiling.OfFours(length), WinogradTiling.OfSixes(length)])
            {
                int[] sizes = Sizes(tiling);
                Assert.True(sizes.Sum() >= length && sizes[..^1].Sum() < length, $"{length}: {tiling}");
                Assert.Equal(sizes.OrderDescending(), sizes);
            }
        }
    }

    [Fact]
    public void No_other_tiling_takes_fewer_products()
    {
        int[] fours = Fewest([2, 3, 4]), sixes = Fewest([2, 3, 4, 6]);
        for (int length = 1; length <= Longest; length++)
        {
            Assert.Equal(fours[length], WinogradTiling.OfFours(length).Products);
            Assert.Equal(sixes[length], WinogradTiling.OfSixes(length).Products);
        }
    }

    // Windows of pooling must not lie across tiles.
    [Fact]
    public void Even_lengths_have_even_tiles_at_inference()
    {
        for (int length = 2; length <= Longest; length += 2)
            Assert.All(Sizes(WinogradTiling.OfFours(length)), size => Assert.Equal(0, size % 2));
    }

    [Fact]
    public void A_point_belongs_to_the_first_tiles_those_that_are_large_enough()
    {
        for (int length = 1; length <= Longest; length++)
        {
            WinogradTiling tiling = WinogradTiling.OfSixes(length);
            for (int point = 0; point < 8; point++)
                Assert.Equal(Sizes(tiling).Count(size => point < size + WinogradTiling.Border), tiling.CountOf(point));
            Assert.Equal(tiling.Products, Enumerable.Range(0, 8).Sum(tiling.CountOf));
        }
    }

    private static int[] Sizes(WinogradTiling tiling) => [.. Enumerable.Range(0, tiling.Count).Select(tiling.SizeOf)];

    // The fewest products of each length, tile by tile.
    private static int[] Fewest(int[] sizes)
    {
        int[] fewest = new int[Longest + 1];
        for (int length = 1; length <= Longest; length++)
            fewest[length] = sizes.Min(size => size + 2 + fewest[Math.Max(0, length - size)]);
        return fewest;
    }
}
