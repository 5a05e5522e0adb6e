using System.Security.Cryptography;
using Glyphs.Alphabets;
using Glyphs.Pictures;
using Xunit;

namespace SiameseGen.Glyphs.Tests.Pictures;

public class WarpedDrawingsTests
{
    private const int Side = WarpedDrawings.Side;
    private static readonly DrawingSet Drawings = InventedAlphabets.Draw(first: 0, count: 2, threads: 2, CancellationToken.None);

    [Fact]
    public void Without_augmentation_chance_does_not_matter()
    {
        var plain = new WarpedDrawings(Drawings);
        Assert.Equal(Read(plain, 17, step: 1), Read(plain, 17, step: 2));
    }

    [Fact]
    public void The_same_step_warps_alike_and_another_one_differently()
    {
        var warped = new WarpedDrawings(Drawings, RandomWarp.Handwriting);
        Assert.Equal(Read(warped, 17, step: 1), Read(warped, 17, step: 1));
        Assert.NotEqual(Read(warped, 17, step: 1), Read(warped, 17, step: 2));
    }

    [Fact]
    public void Warped_drawings_are_the_same_on_every_system()
    {
        var warped = new WarpedDrawings(Drawings, RandomWarp.Handwriting, symmetries: 8);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int index = 0; index < warped.Count; index += 101)
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Read(warped, index, step: 3).AsSpan()));
        Assert.Equal("4A23A69E6BD2C4F4", Convert.ToHexString(hash.GetHashAndReset())[..16]);
    }

    [Fact]
    public void A_warped_drawing_is_still_closer_to_its_original_than_another_character_is()
    {
        var plain = new WarpedDrawings(Drawings);
        var warped = new WarpedDrawings(Drawings, RandomWarp.Handwriting);
        double own = 0, other = 0;
        for (int index = 0; index < Drawings.Count; index += 7)
        {
            float[] original = Read(plain, index, step: 0);
            own += Difference(original, Read(warped, index, step: 5));
            other += Difference(original, Read(plain, (index + 400) % Drawings.Count, step: 0));
        }

        Assert.InRange(own / other, 0.1, 0.9);
    }

    [Fact]
    public void Ink_stays_between_paper_and_ink_however_it_is_warped()
    {
        var warped = new WarpedDrawings(Drawings, new RandomWarp(Turn: 1f, Scale: 0.9f, Aspect: 0.9f, Shear: 1f, Shift: 1.5f));
        for (int index = 0; index < Drawings.Count; index++)
            Assert.All(Read(warped, index, step: 1), value => Assert.InRange(value, 0f, 1.00001f));
    }

    [Fact]
    public void Turned_and_mirrored_alphabets_are_new_alphabets_of_new_characters()
    {
        var eight = new WarpedDrawings(Drawings, symmetries: 8);
        Assert.Equal(8 * Drawings.Count, eight.Count);
        Assert.Equal(8 * Drawings.Characters.Length, eight.Classes.ToArray().Distinct().Count());
        Assert.Equal(8 * Drawings.AlphabetNames.Length, eight.Groups.ToArray().Distinct().Count());
        float[] upright = Read(eight, 3, step: 0), mirrored = Read(eight, 3 + (4 * Drawings.Count), step: 0);
        for (int i = 0; i < upright.Length; i++)
            Assert.Equal(upright[i], mirrored[(i / Side * Side) + (Side - 1 - (i % Side))], 1e-4f);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var warped = new WarpedDrawings(Drawings, RandomWarp.Handwriting, symmetries: 8);
        var input = new float[Side * Side];
        long before = 0;
        for (int i = 0; i < 300; i++)
        {
            if (i == 100)
                before = GC.GetAllocatedBytesForCurrentThread();
            var random = new CounterRandom(1, CounterRandom.Purpose.Augmentation, (uint)i);
            warped.Read(i, input, ref random);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static float[] Read(WarpedDrawings drawings, int index, ulong step)
    {
        var input = new float[Side * Side];
        var random = new CounterRandom(1, CounterRandom.Purpose.Augmentation, 0, step);
        drawings.Read(index, input, ref random);
        return input;
    }

    private static double Difference(float[] left, float[] right) =>
        Math.Sqrt(left.Zip(right).Sum(pair => (double)(pair.First - pair.Second) * (pair.First - pair.Second)));
}
