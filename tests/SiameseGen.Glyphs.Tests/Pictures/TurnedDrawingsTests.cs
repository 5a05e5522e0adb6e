using System.Security.Cryptography;
using Glyphs;
using Glyphs.Alphabets;
using Glyphs.Pictures;
using SiameseGen.Data;
using Xunit;

namespace SiameseGen.Glyphs.Tests.Pictures;

public class TurnedDrawingsTests
{
    private const int Side = DrawingSet.Side;
    private static readonly DrawingSet Drawings = InventedAlphabets.Draw(first: 0, count: 2, threads: 2, CancellationToken.None);

    [Fact]
    public void A_drawing_is_its_ink_from_0_to_1()
    {
        float[] input = Read(new TurnedDrawings(Drawings), 17, step: 1);
        for (int i = 0; i < input.Length; i++)
            Assert.Equal(Drawings.Ink(17)[i] / 255f, input[i], 1e-6f);
    }

    [Fact]
    public void Turned_and_mirrored_alphabets_are_new_alphabets_of_new_characters()
    {
        var eight = new TurnedDrawings(Drawings, symmetries: 8);
        Assert.Equal(8 * Drawings.Count, eight.Count);
        Assert.Equal(8 * Drawings.Characters.Length, eight.Classes.ToArray().Distinct().Count());
        Assert.Equal(8 * Drawings.AlphabetNames.Length, eight.Groups.ToArray().Distinct().Count());
        Assert.Equal(8 * Drawings.Characters.Length, eight.ClassNames.Distinct().Count());
        Assert.Equal("Alphabet 01 turned by 270 degrees, mirrored", eight.GroupNames[^2]);
    }

    [Fact]
    public void A_symmetry_is_a_mirror_after_quarter_turns_clockwise()
    {
        var eight = new TurnedDrawings(Drawings, symmetries: 8);
        float[] turned = Read(eight, 3, step: 0);
        for (int symmetry = 0; symmetry < 4; symmetry++)
        {
            Assert.Equal(turned, Read(eight, 3 + (symmetry * Drawings.Count), step: 0));
            float[] mirrored = Read(eight, 3 + ((4 + symmetry) * Drawings.Count), step: 0);
            for (int i = 0; i < turned.Length; i++)
                Assert.Equal(turned[i], mirrored[(i / Side * Side) + (Side - 1 - (i % Side))]);
            turned = [.. Enumerable.Range(0, turned.Length).Select(i => turned[((Side - 1 - (i % Side)) * Side) + (i / Side)])];
        }
    }

    [Fact]
    public void Inputs_to_judge_by_are_alike_in_every_step_and_those_to_learn_from_are_not()
    {
        IExampleSet plain = GlyphInputs.ToJudgeBy<GlyphEncoder>(Drawings), warped = GlyphInputs.ToLearnFrom<GlyphEncoder>(Drawings, 1);
        Assert.Equal(Read(plain, 17, step: 1), Read(plain, 17, step: 2));
        Assert.Equal(Read(warped, 17, step: 1), Read(warped, 17, step: 1));
        Assert.NotEqual(Read(warped, 17, step: 1), Read(warped, 17, step: 2));
    }

    [Fact]
    public void Warped_drawings_are_the_same_on_every_system()
    {
        IExampleSet warped = GlyphInputs.ToLearnFrom<GlyphEncoder>(Drawings, 8);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int index = 0; index < warped.Count; index += 101)
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Read(warped, index, step: 3).AsSpan()));
        Assert.Equal("0D77C8A8A24C9B07", Convert.ToHexString(hash.GetHashAndReset())[..16]);
    }

    [Fact]
    public void A_warped_drawing_is_still_closer_to_its_original_than_another_character_is()
    {
        IExampleSet plain = GlyphInputs.ToJudgeBy<GlyphEncoder>(Drawings), warped = GlyphInputs.ToLearnFrom<GlyphEncoder>(Drawings, 1);
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
    public void Reading_allocates_nothing()
    {
        IExampleSet warped = GlyphInputs.ToLearnFrom<GlyphEncoder>(Drawings, 8);
        var input = new float[warped.InputLength];
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

    private static float[] Read(IExampleSet drawings, int index, ulong step)
    {
        var input = new float[drawings.InputLength];
        var random = new CounterRandom(1, CounterRandom.Purpose.Augmentation, 0, step);
        drawings.Read(index, input, ref random);
        return input;
    }

    private static double Difference(float[] left, float[] right) =>
        Math.Sqrt(left.Zip(right).Sum(pair => (double)(pair.First - pair.Second) * (pair.First - pair.Second)));
}
