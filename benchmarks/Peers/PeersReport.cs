using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SiameseGen.Benchmarks.Peers;

/// <summary>The measured rows as lines and as JSON.</summary>
/// <param name="rows">The rows.</param>
/// <param name="peak">The measured peak of a core, in GFLOP/s.</param>
/// <param name="options">How they were measured.</param>
internal sealed class PeersReport(IReadOnlyList<PeerRow> rows, Func<double> peak, PeersOptions options)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>A row as a line of text.</summary>
    /// <param name="row">The row.</param>
    public static string Line(PeerRow row)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{row.Work,-52} {Time(row.Milliseconds),10} {row.GigaflopsPerSecond,7:F1} GFLOP/s {row.ShareOfPeak,5:P0} of peak");
        foreach (PeerTime peer in row.Peers)
            text.Append(CultureInfo.InvariantCulture, $"; {peer.Name} {Time(peer.Milliseconds)}: {Ratio(peer)}");
        if (row.AllocatedBytes is { } bytes)
            text.Append(CultureInfo.InvariantCulture, $"; {bytes} bytes allocated");
        if (Verdict(row) is { Length: > 0 } verdict)
            text.Append("; ").Append(verdict);
        return text.ToString();
    }

    /// <summary>The rows.</summary>
    public IReadOnlyList<PeerRow> Rows => rows;

    /// <summary>The measured peak of a core, in GFLOP/s.</summary>
    public double Peak => peak();

    /// <summary>How the rows were measured.</summary>
    public PeersOptions Options => options;

    /// <summary>All figures as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            machine = Machine.Description,
            libraries = PeersBenchmark.Libraries,
            date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            peakGigaflopsPerSecond = Peak,
            options.Threads,
            options.Rounds,
            rows,
        },
        Json);

    /// <summary>Whether a row keeps what is promised; empty where nothing is.</summary>
    /// <param name="row">The row.</param>
    public static string Verdict(PeerRow row)
    {
        if (row.Promise is { } promise)
        {
            PeerTime peer = row.Peers.First(peer => peer.Name.StartsWith(promise.Peer, StringComparison.Ordinal));
            return string.Create(CultureInfo.InvariantCulture, $"{(peer.Ratio >= promise.Ratio ? "kept" : "missed")}: {promise.Ratio:F1}× {promise.Peer}");
        }

        return row.PromisedShare is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"{(row.ShareOfPeak >= share ? "kept" : "missed")}: {share:P0} of peak")
            : "";
    }

    /// <summary>A ratio with the smallest and the largest of a round.</summary>
    /// <param name="peer">Of whom.</param>
    public static string Ratio(PeerTime peer) =>
        string.Create(CultureInfo.InvariantCulture, $"{peer.Ratio:F2}× ({peer.Smallest:F2} to {peer.Largest:F2})");

    /// <summary>A time in a unit that suits it.</summary>
    /// <param name="milliseconds">The time.</param>
    public static string Time(double milliseconds) => milliseconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds * 1000:F1} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{milliseconds:F2} ms");
}
