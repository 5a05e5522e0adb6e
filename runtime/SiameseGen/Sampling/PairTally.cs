namespace SiameseGen.Sampling;

/// <summary>Remembers which pairs of examples have been seen: a bit for each pair there is, or a list of them where those are too many.</summary>
internal sealed class PairTally
{
    private const long MostBits = 1L << 31;
    private readonly ulong[]? _bits;
    private readonly HashSet<long> _seen = [];

    public PairTally(int examples)
    {
        long pairs = (long)examples * (examples - 1) / 2;
        if (pairs <= MostBits)
            _bits = new ulong[(pairs / 64) + 1];
    }

    public long SimilarSeen { get; private set; }

    public long SimilarUses { get; private set; }

    public long DissimilarSeen { get; private set; }

    public long DissimilarUses { get; private set; }

    public void Add(Batch batch)
    {
        int count = batch.Count;
        switch (batch.Structure)
        {
            case BatchStructure.Pairs:
                for (int i = 0; i < count / 2; i++)
                    Add(batch, i, i + (count / 2));
                break;
            case BatchStructure.Triplets:
                for (int i = 0; i < count / 3; i++)
                {
                    Add(batch, i, i + (count / 3));
                    Add(batch, i, i + (2 * (count / 3)));
                }

                break;
            default:
                for (int i = 0; i < count; i++)
                {
                    for (int j = 0; j < i; j++)
                        Add(batch, i, j);
                }

                break;
        }
    }

    private void Add(Batch batch, int first, int second)
    {
        int one = batch.Items[first], other = batch.Items[second];
        if (one == other)
            return;
        bool isNew = IsNew(Math.Min(one, other), Math.Max(one, other));
        if (batch.Classes[first] == batch.Classes[second])
        {
            SimilarUses++;
            SimilarSeen += isNew ? 1 : 0;
        }
        else
        {
            DissimilarUses++;
            DissimilarSeen += isNew ? 1 : 0;
        }
    }

    private bool IsNew(int low, int high)
    {
        long number = ((long)high * (high - 1) / 2) + low;
        if (_bits is null)
            return _seen.Add(number);
        ref ulong bits = ref _bits[number / 64];
        ulong before = bits;
        bits |= 1UL << (int)(number % 64);
        return bits != before;
    }
}
