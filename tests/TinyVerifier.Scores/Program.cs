using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TinyVerifier.Scores;

// Compares drawings of unseen alphabets with the shipped verifier, and says what came out: equal on every machine, but for the line of times.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["compare", var drawn, var written])
{
    File.WriteAllBytes(written, AllPairs.Scores(File.ReadAllBytes(drawn)));
    return 0;
}

if (args is ["draw", var many, var file] && int.TryParse(many, out int count) && count > 0)
{
    File.WriteAllBytes(file, new ShippedDrawings().Some(count));
    return 0;
}

if (args is not [var first, var second] || !int.TryParse(first, out int pairs) || pairs < 2 || !int.TryParse(second, out int seed))
{
    Console.Error.WriteLine("Usage: scores PAIRS SEED to compare drawings, scores draw COUNT FILE to write some of them, scores compare FILE SCORES to compare each two of those");
    return 2;
}

var drawings = new ShippedDrawings();
int[] scores = drawings.Compare(pairs, seed);
Console.WriteLine($"scores {pairs} {Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(scores)))}");
Console.WriteLine(drawings.Judge(scores));
Console.WriteLine($"embed {ShippedDrawings.Time():0.0} us");
return 0;
