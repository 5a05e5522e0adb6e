using SiameseGen.Data;

namespace SiameseGen.Sampling;

/// <summary>
/// Two views of each example of a batch, for learning without labels: every example is drawn twice, and an <see cref="AugmentedExampleSet"/>, or a set of one's own that changes what it hands out, makes two different
/// inputs of it. Each example is a class of its own, whatever the set says (Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations", 2020).
/// </summary>
/// <remarks>
/// <para>A batch has the first views of all its examples, then the second ones in the same order. An item's class is its example's index. In an epoch every example is in one batch; only the last one, where it would be too
/// short, is filled up with the first ones of the epoch's order again.</para>
/// <para>Call it from one thread at a time.</para>
/// </remarks>
public sealed class ViewSampler : IBatchSampler
{
    private const int Views = 2, FewestExamples = 2;
    private readonly AnchorOrder _order;
    private readonly int _examples;

    /// <summary>Makes a sampler.</summary>
    /// <param name="examples">The examples, which need no labels.</param>
    /// <param name="examplesPerBatch">Examples in a batch, from 2 to as many as there are; a batch has twice as many items.</param>
    /// <param name="seed">Equal seeds give equal batches.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="examplesPerBatch"/> is outside its range.</exception>
    public ViewSampler(IExampleSet examples, int examplesPerBatch, int seed)
    {
        ArgumentNullException.ThrowIfNull(examples);
        int most = Math.Min(examples.Count, Array.MaxLength / Views);
        if (examplesPerBatch < FewestExamples || examplesPerBatch > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(examplesPerBatch), examplesPerBatch, $"A batch has {FewestExamples} to {most} examples: all different, and two at least, to be told apart.");
        }

        _examples = examplesPerBatch;
        _order = new AnchorOrder([.. Enumerable.Range(0, examples.Count)], examplesPerBatch, seed);
    }

    /// <inheritdoc/>
    public BatchStructure Structure => BatchStructure.Classes;

    /// <inheritdoc/>
    public int BatchSize => Views * _examples;

    /// <inheritdoc/>
    public int BatchesPerEpoch => _order.Batches;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch is of another structure or too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch or index.</exception>
    public void Fill(Batch batch, int epoch, int index)
    {
        SamplerChecks.Begin(this, batch, epoch, index);
        Span<int> first = batch.Items[.._examples];
        _order.Fill(first, epoch, index);
        first.CopyTo(batch.Items[_examples..]);
        batch.Items.CopyTo(batch.Classes);
    }
}
