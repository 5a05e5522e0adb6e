namespace SiameseGen.Evaluation;

/// <summary>Pairs that are kept one by one.</summary>
internal sealed class ListedPairs : PairSource
{
    private readonly float[] _distances;
    private readonly int[] _left;
    private readonly int[] _right;

    private ListedPairs(float[] distances, int[] left, int[] right, int subjects, bool knowsSubjects)
    {
        _distances = distances;
        _left = left;
        _right = right;
        Subjects = subjects;
        KnowsSubjects = knowsSubjects;
    }

    /// <inheritdoc/>
    public override long Count => _distances.Length;

    /// <inheritdoc/>
    public override int Blocks => (_distances.Length + PairBlock.Length - 1) / PairBlock.Length;

    /// <inheritdoc/>
    public override int Subjects { get; }

    /// <inheritdoc/>
    public override bool KnowsSubjects { get; }

    /// <summary>Takes pairs of unknown subjects.</summary>
    public static ListedPairs Of(ReadOnlySpan<float> similar, ReadOnlySpan<float> dissimilar)
    {
        int[] right = new int[similar.Length + dissimilar.Length];
        right.AsSpan(similar.Length).Fill(1);
        return new ListedPairs([.. similar, .. dissimilar], new int[right.Length], right, 0, knowsSubjects: false);
    }

    /// <summary>Takes pairs of subjects by whatever numbers they have.</summary>
    public static ListedPairs Of(ReadOnlySpan<float> distances, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        Dictionary<int, int> numbers = [];
        int[] ofLeft = new int[left.Length], ofRight = new int[right.Length];
        for (int i = 0; i < left.Length; i++)
            (ofLeft[i], ofRight[i]) = (Number(left[i]), Number(right[i]));
        return new ListedPairs(distances.ToArray(), ofLeft, ofRight, numbers.Count, knowsSubjects: true);

        int Number(int subject)
        {
            if (!numbers.TryGetValue(subject, out int number))
                numbers.Add(subject, number = numbers.Count);
            return number;
        }
    }

    /// <summary>Pairs to be read again and again, kept if they are few.</summary>
    public static PairSource KeptIfFew(PairSource pairs, CancellationToken cancellationToken)
    {
        if (pairs.Count > (pairs.AllowsManyReaders ? MostKept : MostKeptOfOneReader))
            return pairs;
        float[] distances = new float[pairs.Count];
        int[] left = new int[distances.Length], right = new int[distances.Length];
        var block = new PairBlock();
        for (int number = 0, at = 0; number < pairs.Blocks; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pairs.Read(number, block);
            block.Distances.CopyTo(distances.AsSpan(at));
            block.Left.CopyTo(left.AsSpan(at));
            block.Right.CopyTo(right.AsSpan(at));
            at += block.Count;
        }

        return new ListedPairs(distances, left, right, pairs.Subjects, pairs.KnowsSubjects);
    }

    /// <inheritdoc/>
    public override void Read(int block, PairBlock into)
    {
        into.Clear();
        int end = Math.Min(_distances.Length, (block + 1) * PairBlock.Length);
        for (int i = block * PairBlock.Length; i < end; i++)
            into.Add(_distances[i], _left[i], _right[i]);
    }
}
