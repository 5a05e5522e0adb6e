using System.Globalization;
using SiameseGen.Benchmarks.Peers;
using TinyVerifier;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>One embedding on one thread: the shipped integers, the floats they were made of, and ONNX Runtime with the same network in floats.</summary>
internal static class EmbeddingTimes
{
    private const int Rounds = 9;
    private const double Tolerance = 1e-3, LeastOnnxRatio = 1;

    /// <summary>Measures.</summary>
    public static IEnumerable<ShipRow> Measure()
    {
        byte[] pixels = new byte[GlyphVerifier.InputLength];
        new Random(1).NextBytes(pixels);
        float[] inputs = [.. pixels.Select(pixel => pixel / 255f)];
        var encoder = new TinyGlyphEncoder(1);
        using var floats = new SiameseGenEncoder<TinyGlyphEncoder>(encoder, inputs, 1);
        using var onnx = new OnnxEncoder(new Network(TinyGlyphEncoder.Info, encoder.Parameters), inputs, 1);
        if (floats.Embeddings().Zip(onnx.Embeddings(), (ours, theirs) => Math.Abs(ours - theirs)).Max() > Tolerance)
            throw new InvalidOperationException("ONNX Runtime's embedding is another one: the networks are not the same.");
        Alternation timing = Alternation.Among([new Integers(pixels), floats, onnx], Rounds, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(1500));
        string Microseconds(int contestant) => (1000 * timing.Milliseconds(contestant)).ToString("0.0", CultureInfo.InvariantCulture);
        yield return ShipRow.Only("one embedding, one thread, 8-bit integers, µs", Microseconds(0));
        yield return ShipRow.Only("the same in floats, µs", Microseconds(1));
        yield return ShipRow.Only("ONNX Runtime in floats, µs", Microseconds(2));
        yield return ShipRow.AtLeast("integers are as fast as ONNX Runtime in floats, times", timing.Ratio(2), LeastOnnxRatio, "0.00");
    }

    private sealed class Integers(byte[] pixels) : IContestant
    {
        private readonly byte[] _workspace = new byte[GlyphVerifier.WorkspaceLength];

        public string Name => "8-bit integers";

        public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(() => GlyphVerifier.Enrol(pixels, _workspace), duration, milliseconds);
    }
}
