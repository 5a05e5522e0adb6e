using System.Security.Cryptography;
using Glyphs.Alphabets;
using Glyphs.Pictures;
using Xunit;

namespace SiameseGen.Glyphs.Tests.Alphabets;

public class InventedAlphabetsTests
{
    private static readonly DrawingSet Drawn = InventedAlphabets.Draw(first: 0, count: 3, threads: 1, CancellationToken.None);

    [Fact]
    public void Drawing_can_be_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => InventedData.Draw(threads: 1, new CancellationToken(canceled: true)));

    [Fact]
    public void The_first_drawings_are_the_same_on_every_system()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int drawing = 0; drawing < 500; drawing++)
            hash.AppendData(Drawn.Ink(drawing));
        Assert.Equal("FDE58F15598B4EBF", Convert.ToHexString(hash.GetHashAndReset())[..16]);
    }

    [Fact]
    public void A_drawing_depends_neither_on_the_number_of_threads_nor_on_the_other_alphabets()
    {
        DrawingSet alone = InventedAlphabets.Draw(first: 1, count: 2, threads: 2, TestContext.Current.CancellationToken);
        int skipped = Drawn.Count - alone.Count;
        for (int drawing = 0; drawing < alone.Count; drawing++)
            Assert.True(alone.Ink(drawing).SequenceEqual(Drawn.Ink(drawing + skipped)), $"Drawing {drawing} differs.");
        Assert.Equal(Drawn.AlphabetNames[1..], alone.AlphabetNames);
    }

    [Fact]
    public void Every_drawing_has_ink_and_no_two_are_the_same()
    {
        var seen = new HashSet<string>();
        for (int drawing = 0; drawing < Drawn.Count; drawing++)
        {
            Assert.True(Drawn.Ink(drawing).ContainsAnyExcept((byte)0), $"Drawing {drawing} is empty.");
            Assert.True(seen.Add(Convert.ToHexString(SHA256.HashData(Drawn.Ink(drawing)))), $"Drawing {drawing} is there twice.");
        }
    }

    [Fact]
    public void Every_character_is_drawn_once_by_every_hand_of_its_alphabet()
    {
        for (int drawing = 0; drawing < Drawn.Count; drawing++)
        {
            Assert.Equal(drawing / InventedAlphabets.Hands, Drawn.Classes[drawing]);
            Assert.Equal(drawing % InventedAlphabets.Hands, Drawn.Hands[drawing]);
            Assert.Equal(drawing / InventedAlphabets.Hands / InventedAlphabets.CharactersPerAlphabet, Drawn.Alphabets[drawing]);
        }
    }

    [Fact]
    public void Drawings_of_a_character_are_more_alike_than_drawings_of_two_characters_of_its_alphabet()
    {
        double same = 0, other = 0;
        int next = InventedAlphabets.Hands;
        for (int drawing = 0; drawing + next + 1 < Drawn.Count; drawing += next)
        {
            same += Difference(drawing, drawing + 1);
            other += Difference(drawing, drawing + next + 1);
        }

        Assert.InRange(same / other, 0.3, 0.95);
    }

    [Fact]
    public void No_character_of_one_alphabet_is_one_of_another()
    {
        Stroke[][] all = [.. Enumerable.Range(0, 40).SelectMany(number => new Alphabet(seed: 5, number, characters: 5).Characters)];
        Assert.Equal(all.Length, all.Select(Describe).Distinct().Count());
    }

    private static string Describe(Stroke[] character) =>
        string.Join(" ", character.Select(stroke => $"{stroke.Shape}:{string.Join(",", stroke.Guides)}"));

    private static double Difference(int left, int right)
    {
        double sum = 0;
        for (int i = 0; i < DrawingSet.Side * DrawingSet.Side; i++)
        {
            double difference = Drawn.Ink(left)[i] - Drawn.Ink(right)[i];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }
}
