namespace SiameseGen.Evaluation;

/// <summary>Answers, counted by how many classes were as near as the right one. Credits of 1/k are divided once for each k, so that an encoder that sees nothing scores the number nearest to 1/N, to the last digit.</summary>
/// <param name="ways">Classes to choose from, at most.</param>
internal sealed class TieCounts(int ways)
{
    // By the classes that shared the first place with the right one, itself included; at 0 those where another was nearer.
    private readonly long[] _answers = new long[ways + 1];

    /// <summary>The mean credit.</summary>
    public double Mean
    {
        get
        {
            double total = _answers.Sum(), mean = 0;
            for (int ties = 1; ties < _answers.Length; ties++)
                mean += _answers[ties] / (ties * total);
            return mean;
        }
    }

    /// <summary>Counts an answer.</summary>
    /// <param name="ties"><see cref="Ranking.Ties"/>.</param>
    public void Add(int ties) => _answers[ties]++;

    /// <summary>Counts answers of as many classes, or of fewer.</summary>
    public void Add(TieCounts others)
    {
        for (int ties = 0; ties < others._answers.Length; ties++)
            _answers[ties] += others._answers[ties];
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => Array.Clear(_answers);
}
