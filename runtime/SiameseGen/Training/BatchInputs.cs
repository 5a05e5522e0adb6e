using System.Runtime.ExceptionServices;
using SiameseGen.Data;

namespace SiameseGen.Training;

/// <summary>
/// Reads the inputs of batches. Those of the next batch are read into a memory of their own by workers who would else wait for the loss, which one of them computes; what is left when the
/// loss is there is read at the beginning of the next step, by all. Chance depends on seed, step and place in the batch alone, so it does not matter who has read what and when.
/// </summary>
internal sealed class BatchInputs
{
    private readonly IExampleSet _examples;
    private readonly ulong _seed;
    private readonly int _length;
    private readonly AlignedBuffer<float> _ahead;

    // The batch that is read ahead: its items, its step, how many of them somebody has taken and what went wrong.
    private readonly int[] _items;
    private int _count;
    private ulong _step;
    private int _taken;
    private Exception? _failure;
    private bool _lossIsThere;

    // Items of the batch at hand that were read ahead, the first ones.
    private int _ready;

    /// <summary>Allocates the memory for a batch.</summary>
    /// <param name="examples">What is read.</param>
    /// <param name="seed">The seed of augmentation.</param>
    /// <param name="capacity">Most items of a batch.</param>
    public BatchInputs(IExampleSet examples, ulong seed, int capacity)
    {
        _examples = examples;
        _seed = seed;
        _length = examples.InputLength;
        _ahead = new AlignedBuffer<float>((long)capacity * _length);
        _items = new int[capacity];
    }

    /// <summary>Before a step, on one thread. What an item has thrown when it was read ahead is thrown here, where it would have been without.</summary>
    /// <param name="items">The items of the batch at hand.</param>
    /// <param name="step">The step.</param>
    /// <param name="next">The items of the batch after it; none to read nothing ahead.</param>
    public void Begin(ReadOnlySpan<int> items, ulong step, ReadOnlySpan<int> next)
    {
        bool isExpected = step == _step && items.SequenceEqual(_items.AsSpan(0, _count));
        Exception? failure = isExpected ? _failure : null;
        _ready = isExpected ? Math.Min(_taken, _count) : 0;
        next.CopyTo(_items);
        _count = failure is null ? next.Length : 0;
        _step = step + 1;
        _taken = 0;
        _failure = null;
        _lossIsThere = false;
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Reads a shard of the batch at hand, or copies what was read ahead.</summary>
    /// <param name="items">The items of the batch.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="step">The step.</param>
    /// <param name="inputs">Receives the inputs of the shard.</param>
    public void Read(ReadOnlySpan<int> items, Shard shard, ulong step, Span<float> inputs)
    {
        for (int i = 0; i < shard.Items; i++)
        {
            int slot = shard.Start + i;
            Span<float> input = inputs.Slice(i * _length, _length);
            if (slot < _ready)
                Ahead(slot).CopyTo(input);
            else
                Read(items[slot], slot, step, input);
        }
    }

    /// <summary>On a worker that waits for the loss, when all have read the batch at hand: reads the next one until the loss is there.</summary>
    public void ReadAhead()
    {
        while (!Volatile.Read(ref _lossIsThere))
        {
            int slot = Interlocked.Increment(ref _taken) - 1;
            if (slot >= _count)
                return;

            // It is the next step that fails, if it comes at all; this one has its inputs.
#pragma warning disable CA1031
            try
            {
                Read(_items[slot], slot, _step, Ahead(slot));
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
                return;
            }
#pragma warning restore CA1031
        }
    }

    /// <summary>Ends reading ahead: there is something else to do.</summary>
    public void EndReadingAhead() => Volatile.Write(ref _lossIsThere, true);

    private Span<float> Ahead(int slot) => _ahead.Slice((long)slot * _length, _length);

    private void Read(int item, int slot, ulong step, Span<float> input)
    {
        var random = new CounterRandom(_seed, CounterRandom.Purpose.Augmentation, (uint)slot, step);
        _examples.Read(item, input, ref random);
    }
}
