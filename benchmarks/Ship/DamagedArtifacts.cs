using System.Globalization;
using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>What the reader says of the sample's artifact, cut off and with bits turned; <c>ArtifactTests</c> does the same with a smaller one in each run of the tests.</summary>
internal static class DamagedArtifacts
{
    private const int Flips = 100_000, LargePayload = 4_000_000;

    /// <summary>Reads damaged artifacts.</summary>
    public static IEnumerable<ShipRow> Read()
    {
        string text = ShippedModel.Text;
        int cuts = text.Length, accepted = Enumerable.Range(0, cuts).Count(length => !IsRefused(text[..length]));
        yield return ShipRow.AtMost(string.Create(CultureInfo.InvariantCulture, $"artifact cut off at each of {cuts:#,0} places: not refused"), accepted, 0, "0");

        char[] letters = text.ToCharArray();
        var random = new Random(1);
        accepted = 0;
        for (int i = 0; i < Flips; i++)
        {
            int at = random.Next(letters.Length);
            char flip = (char)(1 << random.Next(8));
            letters[at] ^= flip;
            accepted += IsRefused(new string(letters)) ? 0 : 1;
            letters[at] ^= flip;
        }

        yield return ShipRow.AtMost(string.Create(CultureInfo.InvariantCulture, $"artifact with each of {Flips:#,0} bits turned: not refused"), accepted, 0, "0");

        // Of a large one, beside which the reader's own line does not count.
        using var large = new StringWriter { NewLine = "\n" };
        ArtifactWriter.Write(ShippedModel.Artifact with { Payload = new byte[LargePayload] }, large);
        text = large.ToString();
        using var reader = new StringReader(text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ArtifactReader.Read(reader);
        yield return ShipRow.AtMost("reading one of 4 MB of weights allocates, times its size", (GC.GetAllocatedBytesForCurrentThread() - before) / (double)text.Length, 2, "0.00");
    }

    // Anything but the documented exception ends the benchmark.
    private static bool IsRefused(string text)
    {
        try
        {
            ShippedModel.Read(text);
            return false;
        }
        catch (ArtifactException)
        {
            return true;
        }
    }
}
