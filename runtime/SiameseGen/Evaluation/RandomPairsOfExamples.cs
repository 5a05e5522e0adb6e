using System.Globalization;
using SiameseGen.Sampling;

namespace SiameseGen.Evaluation;

/// <summary>Random pairs of each kind of some examples, none of them twice, drawn and computed anew whenever they are read.</summary>
internal sealed class RandomPairsOfExamples : PairSource
{
    private readonly EmbeddedExamples _examples;
    private readonly int _fingerprint;
    private readonly PairDraw _all;
    private readonly Permutation _ofSimilar;
    private readonly Permutation _ofDissimilar;
    private readonly int _similar;
    private readonly Dictionary<int, int> _numbers = [];

    /// <summary>Draws pairs; the arguments are those of <see cref="PairVerification.RandomPairs"/>.</summary>
    public RandomPairsOfExamples(EmbeddedExamples examples, int pairs, int seed, bool withinGroups)
    {
        _examples = examples;
        _fingerprint = examples.Fingerprint();
        _all = new PairDraw(examples.Classes, withinGroups ? examples.Groups : default, nameof(examples));
        _similar = (int)Math.Min(pairs, _all.Similar);
        int dissimilar = (int)Math.Min(pairs, _all.Dissimilar);
        Count = (long)_similar + dissimilar;
        var random = new CounterRandom((ulong)(uint)seed, CounterRandom.Purpose.Evaluation, 0);
        _ofSimilar = new Permutation(_all.Similar, ref random);
        _ofDissimilar = new Permutation(_all.Dissimilar, ref random);
        string where = withinGroups ? " within groups" : "";
        Words = string.Create(
            CultureInfo.InvariantCulture, $"{_similar:#,0} of {_all.Similar:#,0} similar and {dissimilar:#,0} of {_all.Dissimilar:#,0} dissimilar pairs{where} at random, seed {seed}");

        // Classes that no pair is of say nothing, and are none of the subjects.
        int classes = examples.Classes.ToArray().Distinct().Count();
        for (long pair = 0; pair < Count && _numbers.Count < classes; pair++)
        {
            (int left, int right) = Pair(pair);
            _numbers.TryAdd(examples.Classes[left], _numbers.Count);
            _numbers.TryAdd(examples.Classes[right], _numbers.Count);
        }
    }

    /// <summary>What was drawn, in words.</summary>
    public string Words { get; }

    /// <inheritdoc/>
    public override long Count { get; }

    /// <inheritdoc/>
    public override int Blocks => (int)((Count + PairBlock.Length - 1) / PairBlock.Length);

    /// <inheritdoc/>
    public override int Subjects => _numbers.Count;

    /// <inheritdoc/>
    public override bool AllowsManyReaders => _examples.AllowsManyReaders;

    /// <inheritdoc/>
    public override void Read(int block, PairBlock into)
    {
        into.Clear();
        long end = Math.Min(Count, (block + 1L) * PairBlock.Length);
        for (long pair = (long)block * PairBlock.Length; pair < end; pair++)
        {
            (int left, int right) = Pair(pair);
            into.Add(_examples.Distance(left, right), _numbers[_examples.Classes[left]], _numbers[_examples.Classes[right]]);
        }
    }

    /// <inheritdoc/>
    protected override void EnsureUnchanged() => _examples.EnsureFingerprint(_fingerprint);

    private (int Left, int Right) Pair(long number) => number < _similar ? _all.SimilarPair(_ofSimilar[number]) : _all.DissimilarPair(_ofDissimilar[number - _similar]);
}
