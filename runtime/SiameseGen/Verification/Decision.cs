namespace SiameseGen.Verification;

/// <summary>What a shipped verifier decided, and on what.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Score">How far apart the two are, as the whole number that decided; 0 in verifiers of floats, which decide by the distance.</param>
/// <param name="Distance">How far apart the two are.</param>
/// <param name="Threshold">Distances up to this one match.</param>
public readonly record struct Decision(Verdict Verdict, int Score, Distance Distance, Distance Threshold)
{
    /// <summary>The decision on an input that is a presentation attack: not compared, so as far away as can be.</summary>
    /// <param name="threshold">The verifier's threshold.</param>
    public static Decision OfPresentationAttack(Distance threshold) => new(Verdict.PresentationAttack, int.MaxValue, new Distance(float.PositiveInfinity), threshold);

    /// <summary>The verdict alone.</summary>
    /// <param name="decision">A decision.</param>
    public static implicit operator Verdict(Decision decision) => decision.Verdict;

    /// <summary>The verdict alone.</summary>
    public Verdict ToVerdict() => Verdict;
}
