using System.Runtime.ExceptionServices;
using SiameseGen.Data;

namespace SiameseGen;

/// <summary>Embeds whole example sets on all cores. The result does not depend on the number of threads.</summary>
public static class BulkEmbedder
{
    /// <summary>Embeds every example of a set, in its order.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="examples">The examples; a set that augments draws the same numbers on every call.</param>
    /// <param name="team">The threads; null for a team of one thread a core that lasts for this call.</param>
    /// <param name="progress">Receives the number of examples embedded so far, now and then and when all are.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One row for each example.</returns>
    /// <typeparam name="TEncoder">The generated encoder.</typeparam>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public static EmbeddingMatrix EmbedAll<TEncoder>(
        TEncoder encoder, IExampleSet examples, WorkerTeam? team = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
        where TEncoder : class, IEncoder
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.InputLength != TEncoder.Info.Input.Length)
        {
            throw new ArgumentException(
                $"{TEncoder.Info.Name} takes {TEncoder.Info.Input.Length} values an input; these examples have {examples.InputLength}.", nameof(examples));
        }

        using WorkerTeam? own = team is null ? new WorkerTeam() : null;
        WorkerTeam workers = team ?? own!;
        var job = new Job<TEncoder>(encoder, examples, workers.Workers, progress, cancellationToken);
        try
        {
            workers.Run(job.Work);
        }
        catch (AggregateException failure) when (failure.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }

        progress?.Report(examples.Count);
        return job.Embeddings;
    }

    private sealed class Job<TEncoder>
        where TEncoder : class, IEncoder
    {
        private const int PartsOfAWorker = 4;
        private readonly IExampleSet _examples;
        private readonly IProgress<int>? _progress;
        private readonly CancellationToken _cancellation;
        private readonly AlignedBuffer<float> _prepared;
        private readonly int _itemsAtATime;
        private int _taken;
        private int _done;
        private bool _failed;

        public Job(TEncoder encoder, IExampleSet examples, int workers, IProgress<int>? progress, CancellationToken cancellationToken)
        {
            // Few at a time where there are few, so that no worker has to wait long for the last one.
            _itemsAtATime = Math.Clamp(examples.Count / (PartsOfAWorker * workers), 1, TEncoder.Info.Inference.ItemsAtATime);
            _examples = examples;
            _progress = progress;
            _cancellation = cancellationToken;
            Embeddings = new EmbeddingMatrix(examples.Count, TEncoder.Info.EmbeddingLength);
            _prepared = new AlignedBuffer<float>(TEncoder.Info.Inference.PreparedLength);
            TEncoder.Prepare(encoder.Parameters, _prepared.Span);
        }

        public EmbeddingMatrix Embeddings { get; }

        // A failure ends the others' work too: nobody will see what they embed.
        public void Work(int worker)
        {
            try
            {
                EmbedShare(worker);
            }
            catch
            {
                Volatile.Write(ref _failed, true);
                throw;
            }
        }

        private void EmbedShare(int worker)
        {
            var memory = new InferenceMemory(TEncoder.Info, _itemsAtATime);
            int length = TEncoder.Info.Input.Length;
            while (!Volatile.Read(ref _failed))
            {
                int start = Interlocked.Add(ref _taken, _itemsAtATime) - _itemsAtATime;
                int items = Math.Min(_itemsAtATime, _examples.Count - start);
                if (items <= 0)
                    return;
                _cancellation.ThrowIfCancellationRequested();
                InferencePass pass = memory.Pass(_prepared.Span, items);
                for (int i = 0; i < items; i++)
                {
                    var random = new CounterRandom(0, CounterRandom.Purpose.Augmentation, (uint)(start + i));
                    _examples.Read(start + i, pass.Inputs.Slice(i * length, length), ref random);
                }

                TEncoder.Infer(pass);
                pass.Embeddings.CopyTo(Embeddings.Values[(start * Embeddings.Length)..]);
                int done = Interlocked.Add(ref _done, items);
                if (worker == 0 && done < _examples.Count)
                    _progress?.Report(done);
            }
        }
    }
}
