using Glyphs.Pictures;
using SiameseGen;

namespace Glyphs.Alphabets;

/// <summary>The data of a run without <c>--data</c>: invented alphabets, each character drawn once by each of its alphabet's hands.</summary>
/// <remarks>
/// It is a fixed data set, as a downloaded one would be: the user's seed does not change it. A drawing depends on its alphabet, character and
/// hand alone, so drawings may be made in any order.
/// </remarks>
internal static class InventedAlphabets
{
    /// <summary>Hands that write each alphabet; no hand writes two.</summary>
    public const int Hands = 20;

    /// <summary>Characters of each alphabet.</summary>
    public const int CharactersPerAlphabet = 24;

    private const ulong Seed = 20;

    /// <summary>Makes alphabets and their drawings.</summary>
    /// <param name="first">The number of the first alphabet; alphabets of different numbers have nothing in common.</param>
    /// <param name="count">How many alphabets.</param>
    /// <param name="threads">Threads to use; the drawings do not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static DrawingSet Draw(int first, int count, int threads, CancellationToken cancellation)
    {
        const int characters = CharactersPerAlphabet, pixels = DrawingSet.Side * DrawingSet.Side;
        var ink = new byte[count * characters * Hands * pixels];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, index =>
        {
            var alphabet = new Alphabet(Seed, first + index, characters);
            var canvas = new Canvas();
            for (int drawing = 0; drawing < characters * Hands; drawing++)
            {
                (int character, int hand) = Math.DivRem(drawing, Hands);
                Write(alphabet, character, hand, canvas);
                Centring.Centre(canvas.Ink, ink.AsSpan(((index * characters * Hands) + drawing) * pixels, pixels));
            }
        });

        return new DrawingSet(
            [.. Enumerable.Range(0, count * characters).Select(c => new DrawingSet.Character($"character {(c % characters) + 1:00}", c / characters))],
            [.. Enumerable.Range(first, count).Select(number => $"Alphabet {number + 1:00}")],
            [.. Enumerable.Range(0, count * characters * Hands).Select(drawing => drawing / Hands)],
            [.. Enumerable.Range(0, count * characters * Hands).Select(drawing => drawing % Hands)],
            ink);
    }

    private static void Write(Alphabet alphabet, int character, int hand, Canvas canvas)
    {
        var own = new CounterRandom(Seed, CounterRandom.Purpose.Data, (uint)hand, step: 1 + (ulong)alphabet.Number);
        uint drawing = (uint)((character * Hands) + hand + Hands);
        var chance = new CounterRandom(Seed, CounterRandom.Purpose.Data, drawing, step: 1 + (ulong)alphabet.Number);
        new Hand(ref own).Write(alphabet.Characters[character], ref chance, canvas);
    }
}
