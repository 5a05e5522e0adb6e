namespace SiameseGen.Mining;

/// <summary>Miners that take turns as training goes on, such as all triplets, then semi-hard ones, then the hardest: early on the hardest are mostly mislabelled or hopeless.</summary>
public sealed class MiningSchedule : Miner
{
    private readonly (float From, Miner Miner)[] _phases;

    /// <summary>Makes a schedule.</summary>
    /// <param name="phases">From which share of training on a miner is used: the first from 0, each of the others from a larger one below 1.</param>
    /// <exception cref="ArgumentException">There are no phases, the first does not begin at 0, they are out of order, or the miners need different distances or choose different things.</exception>
    public MiningSchedule(params (float From, Miner Miner)[] phases)
    {
        ArgumentNullException.ThrowIfNull(phases);
        if (phases.Length == 0 || phases[0].From != 0f)
            throw new ArgumentException("A schedule has a phase that begins at 0.", nameof(phases));
        for (int i = 0; i < phases.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(phases[i].Miner, nameof(phases));
            if (!(phases[i].From < 1f) || (i > 0 && !(phases[i].From > phases[i - 1].From)))
                throw new ArgumentException($"Phase {i} begins at {phases[i].From}: phases begin in order, below 1.", nameof(phases));
        }

        _phases = [.. phases];
        DistanceMetric[] required = [.. phases.Select(phase => phase.Miner.RequiredDistance).OfType<DistanceMetric>().Distinct()];
        if (required.Length > 1)
            throw new ArgumentException($"The miners need different distances, {required[0]} and {required[1]}; a loss has one.", nameof(phases));
        RequiredDistance = required.Length == 0 ? null : required[0];
        ChoosesPairs = phases[0].Miner.ChoosesPairs;
        if (phases.Any(phase => phase.Miner.ChoosesPairs != ChoosesPairs))
            throw new ArgumentException("Some of the miners choose pairs and some triplets; a schedule is of one kind.", nameof(phases));
    }

    /// <summary>All triplets that have a loss, then semi-hard ones, then the hardest, a third of training each.</summary>
    /// <param name="margin">The margin, usually the loss's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="margin"/> is negative or not finite.</exception>
    public static MiningSchedule AllSemiHardHard(float margin = 0.2f) => new(
        (0f, new TripletMarginMiner(margin, TripletKind.All)), (1f / 3, new TripletMarginMiner(margin, TripletKind.SemiHard)), (2f / 3, new BatchHardMiner()));

    /// <inheritdoc/>
    public override DistanceMetric? RequiredDistance { get; }

    /// <inheritdoc/>
    public override bool AcceptsMemory => _phases.All(phase => phase.Miner.AcceptsMemory);

    /// <inheritdoc/>
    public override bool ChoosesPairs { get; }

    /// <inheritdoc/>
    public override bool Choose(in MiningAnchor anchor, int positive, Span<bool> negatives)
    {
        int phase = _phases.Length - 1;
        while (phase > 0 && anchor.Progress < _phases[phase].From)
            phase--;
        return _phases[phase].Miner.Choose(anchor, positive, negatives);
    }
}
