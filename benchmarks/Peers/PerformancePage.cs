using System.Globalization;
using System.Text;

namespace SiameseGen.Benchmarks.Peers;

/// <summary>The page of the documentation: every word and figure of docs/performance.md.</summary>
internal static class PerformancePage
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">What was measured.</param>
    public static string Write(PeersReport report)
    {
        PeersOptions options = report.Options;
        var text = new StringBuilder();
        text.Append(string.Create(CultureInfo.InvariantCulture, $"""
            # Performance

            This page is written by a program; nothing in it is typed by hand:

            ```console
            dotnet run -c Release --project benchmarks -- peers{Arguments(options)} --markdown docs/performance.md
            ```

            | | |
            |---|---|
            | measured on | {DateTime.UtcNow:yyyy-MM-dd} |
            | machine | {Machine.Description} |
            | against | {PeersBenchmark.Libraries} |
            | threads | {options.Threads} |
            | alternating rounds | {options.Rounds} of {options.Round.TotalMilliseconds:F0} ms |
            | one core's peak | {report.Peak:F1} GFLOP/s, measured: twelve independent chains of fused multiply-adds on vectors of {FmaPeak.Bits} bits |

            | work | SiameseGen | GFLOP/s | of peak | ONNX Runtime | libtorch | bytes a call | target |
            |---|--:|--:|--:|--:|--:|--:|---|

            """).ReplaceLineEndings("\n"));
        foreach (PeerRow row in report.Rows)
        {
            string bytes = row.AllocatedBytes is { } count ? count.ToString("0.##", CultureInfo.InvariantCulture) : "";
            text.Append(CultureInfo.InvariantCulture, $"| {row.Work} | {PeersReport.Time(row.Milliseconds)} | {row.GigaflopsPerSecond:F0} | {row.ShareOfPeak:P0} ")
                .Append(CultureInfo.InvariantCulture, $"| {Cell(row, "ONNX")} | {Cell(row, "libtorch")} | {bytes} | {PeersReport.Verdict(row)} |\n");
        }

        text.Append("""

            ## What the columns say

            - **A row** is the same work with the same weights for all, in one process, in alternating rounds after a warm-up, so that whatever else the machine does meets all alike.
              Before anything is timed, their embeddings (and the loss, where they train) are compared; they agree to 0.001, or the program fails. Where they only embed, batch normalisation and
              biases hold values such as training leaves.
            - **Times** are medians of a call. **A ratio** says how many times as fast SiameseGen is: the median over the rounds, with the smallest and the largest.
            - **GFLOP/s** count every multiply-add of the plain network as two operations, and three times as many for a training step as for its forward pass. Winograd's algorithm and
              outputs that nobody reads save some of them, so that a share of the peak can exceed 100 %.
            - **ONNX Runtime** runs all its graph optimisations on a model of fixed sizes; input and output stay in memory that was allocated before.
            - **libtorch** competes with the faster of its two memory layouts, in inference mode, with ReLU in place, and with the C library told to keep freed memory.
              As it comes it trains slower; [the benchmark of training](../benchmarks/README.md#training-against-libtorch) has both.
            - **Bytes** are those that SiameseGen allocates in a call, on all threads, after warm-up. They are to be 0.
            - **Target** is what a row is to reach, and whether it does.

            ## What the rows are

            - **embed, batch n**: n inputs in a call, one by `Embed`, several as bulk embedding does it. **Training step**: gathering the batch, forward, contrastive loss, backward and AdamW.
            - **Conv4-64** is the usual encoder of few-shot learning, for pictures of 28 × 28: four blocks of a 3 × 3 convolution with 64 filters, batch normalisation, ReLU and 2 × 2 pooling, then
              a dense layer. Conv4-16 and Conv4-128 have other numbers of filters, and 56×56 and 112×112 are larger pictures: they show how cost grows with width and with image size.
            - **MLP** has dense layers only. **depthwise-separable 48×48** is a small verifier of less than 100,000 parameters. **faces** has six convolutions. **signatures** has the kernels and the pooling of
              SigNet (Dey et al., 2017), with batch normalisation.
            - **direct 3×3 convolution** and **product of matrices** are single kernels; their share is of the peak measured beside them, in the same rounds.

            The [encoders](../benchmarks/Models) are in the repository.

            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }

    private static string Arguments(PeersOptions options) =>
        (options.Quick ? " --quick" : "") + (options.Threads == 1 ? "" : FormattableString.Invariant($" --threads {options.Threads}"))
        + (options.Rows.Length == 0 ? "" : $" --rows \"{options.Rows}\"");

    private static string Cell(PeerRow row, string name) =>
        row.Peers.FirstOrDefault(peer => peer.Name.StartsWith(name, StringComparison.Ordinal)) is { } peer
            ? $"{PeersReport.Time(peer.Milliseconds)}: {PeersReport.Ratio(peer)}"
            : "";
}
