using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SiameseGen.Data;

namespace SiameseGen.Export;

/// <summary>Tells one set of examples from another: SHA-256 of all classes and values.</summary>
internal static class DataFingerprint
{
    /// <summary>What an artifact says of the data that it was made with.</summary>
    /// <param name="options">The sets.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Origins(ExportOptions options, CancellationToken cancellationToken) =>
    [
        .. options.Training is { } training ? [new("training data", Of(training, cancellationToken))] : Array.Empty<KeyValuePair<string, string>>(),
        new("calibration data", Of(options.Calibration, cancellationToken)),
    ];

    /// <summary>A set's size and fingerprint, as a line for people.</summary>
    /// <param name="examples">The set. Of one that augments, the examples before that.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static string Of(IExampleSet examples, CancellationToken cancellationToken)
    {
        IExampleSet plain = ClassSplit.Plain(examples);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int[] head = [plain.Count, plain.InputLength];
        hash.AppendData(MemoryMarshal.AsBytes(head.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(plain.Classes));
        float[] values = new float[plain.InputLength];
        HashSet<int> classes = [];
        for (int i = 0; i < plain.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var random = new CounterRandom(0, CounterRandom.Purpose.Augmentation, (uint)i);
            plain.Read(i, values, ref random);
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
            classes.Add(plain.Classes[i]);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{plain.Count} examples of {classes.Count} classes, SHA-256 {Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }
}
