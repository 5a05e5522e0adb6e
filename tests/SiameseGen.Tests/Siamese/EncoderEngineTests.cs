using SiameseGen.Data;
using SiameseGen.Tests.Training;
using Xunit;
using Encoder = SiameseGen.Tests.Training.DenseEncoder<SiameseGen.Tests.Training.DeclaredTriplet>;

namespace SiameseGen.Tests.Siamese;

public class EncoderEngineTests
{
    private static readonly float[] Input = [.. Enumerable.Range(0, Encoder.Inputs).Select(i => i / 255f)];

    [Fact]
    public void Floats_and_the_same_pixels_embed_alike()
    {
        var encoder = new Encoder(1);
        byte[] pixels = [.. Enumerable.Range(0, Encoder.Inputs).Select(i => (byte)i)];
        float[] fromFloats = new float[Encoder.Outputs], fromPixels = new float[Encoder.Outputs];
        encoder.Engine.Embed(Input, fromFloats);
        encoder.Engine.Embed(pixels, fromPixels);
        Assert.Equal(fromFloats, fromPixels);
        Assert.NotEqual(new float[Encoder.Outputs], fromFloats);
    }

    [Fact]
    public void Changed_weights_are_used_once_they_are_marked()
    {
        var encoder = new Encoder(1);
        float[] before = new float[Encoder.Outputs], after = new float[Encoder.Outputs];
        encoder.Embed(Input, before);
        encoder.Parameters.Values[Encoder.Bias] += 1f;
        encoder.Parameters.MarkChanged();
        encoder.Embed(Input, after);
        Assert.Equal(before[0] + 1f, after[0], 1e-6f);
        Assert.Equal(before[1], after[1]);
    }

    [Fact]
    public void Embedding_allocates_nothing_even_when_weights_change()
    {
        var encoder = new Encoder(1);
        float[] embedding = new float[Encoder.Outputs];
        Assert.Equal(0, Allocation.Least(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                encoder.Parameters.MarkChanged();
                encoder.Embed(Input, embedding);
                encoder.Embed(Input, embedding);
            }
        }));
    }

    [Fact]
    public void Threads_that_embed_while_weights_change_see_each_set_of_weights_whole()
    {
        const int workers = 4, rounds = 3000;
        var encoder = new Encoder(1);
        encoder.Parameters.Values.Clear();
        encoder.Parameters.MarkChanged();
        int torn = 0;
        using var team = new WorkerTeam(workers);
        team.Run(worker =>
        {
            // All biases are equal at any time that weights are prepared, so all outputs have to be.
            Span<float> embedding = stackalloc float[Encoder.Outputs];
            for (int round = 0; round < rounds; round++)
            {
                if (worker == 0 && round % 10 == 0)
                {
                    team.Synchronize();
                    encoder.Parameters.Values.Slice(Encoder.Bias, Encoder.Outputs).Fill(round);
                    encoder.Parameters.MarkChanged();
                    team.Synchronize();
                }
                else if (round % 10 == 0)
                {
                    team.Synchronize();
                    team.Synchronize();
                }

                encoder.Embed(Input, embedding);
                if (embedding.IndexOfAnyExcept(round / 10 * 10f) >= 0)
                    Interlocked.Increment(ref torn);
            }
        });
        Assert.Equal(0, torn);
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        var encoder = new Encoder(1);
        ArgumentException input = Assert.Throws<ArgumentException>(() => encoder.Embed(new float[3], new float[Encoder.Outputs]));
        Assert.Contains("12", input.Message, StringComparison.Ordinal);
        Assert.Contains("3", input.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => encoder.Embed(Input, new float[1]));
    }

    [Fact]
    public void A_whole_set_embeds_as_its_examples_do_for_any_number_of_threads()
    {
        var encoder = new Encoder(1);
        var examples = new Clusters(9, 11);
        using var three = new WorkerTeam(3);
        var counts = new List<int>();
        EmbeddingMatrix all = BulkEmbedder.EmbedAll(encoder, examples, three, new Counter(counts), TestContext.Current.CancellationToken);
        Assert.Equal((99, Encoder.Outputs), (all.Count, all.Length));
        float[] input = new float[Encoder.Inputs], expected = new float[Encoder.Outputs];
        for (int i = 0; i < examples.Count; i++)
        {
            var random = new CounterRandom(0, CounterRandom.Purpose.Augmentation, (uint)i);
            examples.Read(i, input, ref random);
            encoder.Embed(input, expected);
            Assert.Equal(expected, all.Row(i).ToArray());
        }

        Assert.Equal(99, counts[^1]);
        Assert.Equal(counts.Order().Distinct(), counts);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => BulkEmbedder.EmbedAll(encoder, examples, three, cancellationToken: cancelled.Token));
        Assert.Throws<ArgumentException>(() => BulkEmbedder.EmbedAll(encoder, new Clusters(2, 2, 13), three, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void After_a_failure_nobody_reads_on()
    {
        var examples = new Failing();
        using var team = new WorkerTeam(2);
        Assert.Throws<FormatException>(
            () => BulkEmbedder.EmbedAll(new Encoder(1), examples, team, cancellationToken: TestContext.Current.CancellationToken));
        Assert.InRange(examples.Reads, 0, examples.Count / 10);
    }

    // Fails the first thread that reads. The other one goes on when that thread has nothing more to do than to wait.
    private sealed class Failing : IExampleSet
    {
        private readonly int[] _classes = new int[10_000];
        private Thread? _first;
        private int _reads;

        public int Reads => _reads;

        public int Count => _classes.Length;

        public int InputLength => Encoder.Inputs;

        public ReadOnlySpan<int> Classes => _classes;

        public ReadOnlySpan<int> Groups => _classes;

        public void Read(int index, Span<float> destination, ref CounterRandom random)
        {
            if (Interlocked.CompareExchange(ref _first, Thread.CurrentThread, null) is not { } first)
                throw new FormatException();
            SpinWait.SpinUntil(() => (first.ThreadState & ThreadState.WaitSleepJoin) != 0, TimeSpan.FromMinutes(1));
            Interlocked.Increment(ref _reads);
            destination.Clear();
        }
    }

    private sealed class Counter(List<int> counts) : IProgress<int>
    {
        public void Report(int value) => counts.Add(value);
    }
}
