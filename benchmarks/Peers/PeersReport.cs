using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SiameseGen.Benchmarks.Peers;

/// <summary>The measured rows as lines, as JSON and as a page.</summary>
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

    /// <summary>All figures as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            machine = Machine.Description,
            date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            peakGigaflopsPerSecond = peak(),
            options.Threads,
            options.Rounds,
            rows,
        },
        Json);

    /// <summary>The page of the documentation.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(string.Create(CultureInfo.InvariantCulture, $"""
            # Performance

            Measured on {DateTime.UtcNow:yyyy-MM-dd}: {Machine.Description}; {options.Threads} thread{(options.Threads == 1 ? "" : "s")}; one core's measured peak is {peak():F1} GFLOP/s. Written by

            ```console
            dotnet run -c Release --project benchmarks -- peers --markdown docs/performance.md
            ```

            Every row is the same work with the same weights in one process, in {options.Rounds} alternating rounds; embeddings are compared before (they agree to 0.001). Times are medians of a call;
            a ratio says how many times as fast SiameseGen is, the median over the rounds with the smallest and the largest. libtorch competes with the faster of its memory layouts and with the C library told
            to keep freed memory. GFLOP/s count every multiply-add of the plain network twice; where Winograd's algorithm or unread outputs save some, a share of the peak can exceed 100 %.

            | work | SiameseGen | GFLOP/s | of peak | ONNX Runtime | libtorch | bytes a call | promised |
            |---|--:|--:|--:|--:|--:|--:|---|

            """).ReplaceLineEndings("\n"));
        foreach (PeerRow row in rows)
        {
            string bytes = row.AllocatedBytes is { } count ? count.ToString(CultureInfo.InvariantCulture) : "";
            text.Append(CultureInfo.InvariantCulture, $"| {row.Work} | {Time(row.Milliseconds)} | {row.GigaflopsPerSecond:F0} | {row.ShareOfPeak:P0} ")
                .Append(CultureInfo.InvariantCulture, $"| {Cell(row, "ONNX")} | {Cell(row, "libtorch")} | {bytes} | {Verdict(row)} |\n");
        }

        return text.ToString();
    }

    private static string Cell(PeerRow row, string name) =>
        row.Peers.FirstOrDefault(peer => peer.Name.StartsWith(name, StringComparison.Ordinal)) is { } peer ? $"{Time(peer.Milliseconds)}: {Ratio(peer)}" : "";

    private static string Verdict(PeerRow row)
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

    private static string Ratio(PeerTime peer) =>
        string.Create(CultureInfo.InvariantCulture, $"{peer.Ratio:F2}× ({peer.Smallest:F2} to {peer.Largest:F2})");

    private static string Time(double milliseconds) => milliseconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds * 1000:F1} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{milliseconds:F2} ms");
}
