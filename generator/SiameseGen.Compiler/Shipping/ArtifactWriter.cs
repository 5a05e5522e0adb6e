using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using static System.FormattableString;

namespace SiameseGen.Compiler.Shipping;

/// <summary>
/// Writes an artifact: lines of ASCII that people can read, the payload as base64, its SHA-256, and the SHA-256 of all lines before as the last one. Ends of lines count
/// as line feeds, so that a file that a version control system gave others is the same.
/// </summary>
public static class ArtifactWriter
{
    /// <summary>Writes an artifact.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="text">Receives the lines.</param>
    public static void Write(Artifact artifact, TextWriter text)
    {
        using SHA256 hash = SHA256.Create();
        foreach (string line in Lines(artifact))
        {
            byte[] bytes = Encoding.ASCII.GetBytes(line + "\n");
            hash.TransformBlock(bytes, 0, bytes.Length, null, 0);
            text.Write(line + "\n");
        }

        hash.TransformFinalBlock([], 0, 0);
        text.Write($"{ArtifactText.Check} {ArtifactText.Hex(hash.Hash)}\n");
    }

    private static IEnumerable<string> Lines(Artifact artifact)
    {
        ArtifactCalibration calibration = artifact.Calibration;
        yield return ArtifactText.Magic;
        yield return Line(ArtifactText.Encoder, artifact.Encoder);
        foreach (string layer in artifact.Architecture)
            yield return Line(ArtifactText.Layer, layer);
        yield return Line(ArtifactText.Fingerprint, artifact.Fingerprint);
        yield return Line(ArtifactText.Precision, artifact.Precision.ToString());
        if (artifact.Packing is not null)
            yield return Line(ArtifactText.Packing, artifact.Packing);
        yield return Line(ArtifactText.Distance, artifact.Distance);
        yield return Line(ArtifactText.Threshold, calibration.Threshold.ToString("G9", CultureInfo.InvariantCulture));
        yield return Line(ArtifactText.Unsure, calibration.UnsureUntil.ToString("G9", CultureInfo.InvariantCulture));
        yield return Line(ArtifactText.Scores, Invariant($"{calibration.ThresholdScore} {calibration.UnsureUntilScore}"));
        yield return Line(ArtifactText.Target, calibration.Target);
        yield return Line(ArtifactText.FalseMatches, Rate(calibration.FalseMatchRate));
        yield return Line(ArtifactText.FalseNonMatches, Rate(calibration.FalseNonMatchRate));
        yield return Line(ArtifactText.Trials, Invariant($"{calibration.ImpostorTrials} {calibration.GenuineTrials}"));
        yield return Line(ArtifactText.Protocol, calibration.Protocol);
        yield return Line(ArtifactText.Score, $"{Number(calibration.ScoreSlope)} {Number(calibration.ScoreOffset)}");
        foreach (KeyValuePair<string, string> origin in artifact.Provenance)
            yield return ArtifactText.Line(origin);
        yield return Line(ArtifactText.Payload, Invariant($"{artifact.Payload.Length}"));
        for (int start = 0; start < artifact.Payload.Length; start += ArtifactText.BytesPerLine)
            yield return Convert.ToBase64String(artifact.Payload, start, Math.Min(ArtifactText.BytesPerLine, artifact.Payload.Length - start));
        using SHA256 hash = SHA256.Create();
        yield return Line(ArtifactText.PayloadHash, ArtifactText.Hex(hash.ComputeHash(artifact.Payload)));
    }

    private static string Line(string key, string value) => $"{key} {ArtifactText.Escape(value)}";

    private static string Rate(ArtifactRate rate) => $"{Number(rate.Value)} {Number(rate.Low)} {Number(rate.High)}";

    private static string Number(double value) => value.ToString("G17", CultureInfo.InvariantCulture);
}
