using System.Globalization;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Tool.Inspection;

/// <summary>Describes an artifact that a shipping project compiles in.</summary>
internal static class ArtifactInspection
{
    /// <summary>Writes what is in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">Receives lines of text.</param>
    /// <exception cref="IOException">The file is damaged or cannot be read.</exception>
    public static void Write(string path, TextWriter output)
    {
        Artifact artifact = Read(path);
        ArtifactCalibration calibration = artifact.Calibration;
        output.WriteLine($"encoder      {artifact.Encoder}");
        output.WriteLine($"fingerprint  {artifact.Fingerprint}");
        output.WriteLine(Invariant($"weights      {artifact.Precision}, {artifact.Payload.Length} bytes, undamaged"));
        if (artifact.Packing is not null)
            output.WriteLine($"packed for   {artifact.Packing}");
        output.WriteLine("architecture");
        foreach (string line in artifact.Architecture)
            output.WriteLine($"  {line}");
        output.WriteLine(Invariant($"distance     {artifact.Distance}"));
        output.WriteLine(Invariant($"threshold    {calibration.Threshold} for {calibration.Target}{(calibration.UnsureUntil > calibration.Threshold ? Invariant($"; unsure until {calibration.UnsureUntil}") : "")}"));
        output.WriteLine($"FMR          {Rate(calibration.FalseMatchRate)} in {calibration.ImpostorTrials.ToString("#,0", CultureInfo.InvariantCulture)} trials");
        output.WriteLine($"FNMR         {Rate(calibration.FalseNonMatchRate)} in {calibration.GenuineTrials.ToString("#,0", CultureInfo.InvariantCulture)} trials");
        output.WriteLine($"protocol     {calibration.Protocol}");
        foreach ((string key, string value) in artifact.Provenance)
            output.WriteLine($"{key,-12} {value}");
    }

    /// <summary>Reads an artifact.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is damaged, or no artifact; the message names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Artifact Read(string path)
    {
        try
        {
            // Bytes that are no ASCII become characters that no artifact has.
            using var reader = new StreamReader(path, System.Text.Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
            return ArtifactReader.Read(reader);
        }
        catch (ArtifactException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}. Export it again.", exception);
        }
    }

    private static string Rate(ArtifactRate rate) =>
        string.Format(CultureInfo.InvariantCulture, "{0:0.####} % ({1:0.####} to {2:0.####} %)", 100 * rate.Value, 100 * rate.Low, 100 * rate.High);
}
