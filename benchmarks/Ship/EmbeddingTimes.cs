using System.Globalization;
using SiameseGen.Benchmarks.Models;
using SiameseGen.Benchmarks.Peers;
using TinyVerifier;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>
/// One embedding on one thread: the shipped integers, the floats they were made of, and ONNX Runtime with the same network in floats and with the very same integers. Of its kernels for signed and for
/// unsigned integers the faster ones count.
/// </summary>
internal static class EmbeddingTimes
{
    private const int Rounds = 9, LargestCodeDifference = 2;
    private const double Tolerance = 1e-3, LeastOnnxRatio = 1;

    /// <summary>Measures.</summary>
    public static IEnumerable<ShipRow> Measure()
    {
        byte[] pixels = File.ReadAllBytes(ShippedBuilds.Picture("glyphA-1"))[^GlyphVerifier.InputLength..];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(byte.MaxValue - pixels[i]);
        float[] inputs = [.. pixels.Select(pixel => pixel / 255f)];
        TinyGlyphEncoder encoder = TrainedLooks.Give(new TinyGlyphEncoder(1));
        using var floats = new SiameseGenEncoder<TinyGlyphEncoder>(encoder, inputs, 1);
        using var onnx = new OnnxEncoder(new Network(TinyGlyphEncoder.Info, encoder.Parameters), inputs, 1);
        using QuantisedOnnxEncoder signed = new(pixels, isUnsigned: false), unsigned = new(pixels, isUnsigned: true);
        if (floats.Embeddings().Zip(onnx.Embeddings(), (ours, theirs) => Math.Abs(ours - theirs)).Max() > Tolerance)
            throw new InvalidOperationException("ONNX Runtime's embedding is another one: the networks are not the same.");
        sbyte[] codes = [.. GlyphVerifier.Enrol(pixels).Values];
        int[] differences = [.. new[] { signed, unsigned }.Select(theirs => codes.Zip(theirs.Codes(), (ours, their) => Math.Abs(ours - their)).Max())];
        if (differences.Max() > LargestCodeDifference)
            throw new InvalidOperationException($"ONNX Runtime's codes differ from ours by up to {differences.Max()}: the networks are not the same.");

        Alternation timing = Alternation.Among([new Integers(pixels), floats, onnx, signed, unsigned], Rounds, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(1500));
        int quantised = timing.Milliseconds(3) < timing.Milliseconds(4) ? 3 : 4;
        string Microseconds(int contestant) => (1000 * timing.Milliseconds(contestant)).ToString("0.0", CultureInfo.InvariantCulture);
        ShipRow Ratio(string what, int other)
        {
            string range = string.Create(CultureInfo.InvariantCulture, $" ({timing.SmallestRatio(other):0.00} to {timing.LargestRatio(other):0.00})");
            ShipRow row = ShipRow.AtLeast($"integers, as fast as ONNX Runtime in {what}, times", timing.Ratio(other), LeastOnnxRatio, "0.00");
            return row with { Measured = row.Measured + range };
        }

        yield return ShipRow.Only("one embedding, one thread, 8-bit integers, µs", Microseconds(0));
        yield return ShipRow.Only("the same in floats, µs", Microseconds(1));
        yield return ShipRow.Only("ONNX Runtime in floats, µs", Microseconds(2));
        yield return ShipRow.Only("ONNX Runtime in signed and in unsigned 8-bit integers, µs", $"{Microseconds(3)}, {Microseconds(4)}");
        yield return ShipRow.Only("its embeddings differ from ours by, codes", $"{differences[0]}, {differences[1]}");
        yield return Ratio("the same integers", quantised);
        yield return Ratio("floats", 2);
    }

    private sealed class Integers(byte[] pixels) : IContestant
    {
        private readonly byte[] _workspace = new byte[GlyphVerifier.WorkspaceLength];

        public string Name => "8-bit integers";

        public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(() => GlyphVerifier.Enrol(pixels, _workspace), duration, milliseconds);
    }
}
