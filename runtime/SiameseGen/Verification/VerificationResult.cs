namespace SiameseGen.Verification;

/// <summary>What verification says.</summary>
/// <param name="Verdict">The decision.</param>
/// <param name="Distance">The distance it was made on.</param>
/// <param name="Score">How likely it is one identity, for people.</param>
public readonly record struct VerificationResult(Verdict Verdict, Distance Distance, SimilarityScore Score);

/// <summary>What identification says.</summary>
/// <param name="Identity">The closest identity; null when nobody that is known matches.</param>
/// <param name="Verdict">The decision on it.</param>
/// <param name="Distance">The distance to its closest template; infinite with nobody enrolled.</param>
/// <param name="Score">How likely it is that identity, for people.</param>
public readonly record struct IdentificationResult(string? Identity, Verdict Verdict, Distance Distance, SimilarityScore Score);
