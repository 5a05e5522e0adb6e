namespace SiameseGen.Verification;

/// <summary>
/// Tells presentation attacks, such as a photograph, a mask or a recording held before the sensor, from bona fide presentations: presentation attack detection in the terms of ISO/IEC 30107-1, often called liveness detection. SiameseGen has no
/// detector of its own. It asks the program's, if there is one, before an input is enrolled or compared.
/// </summary>
/// <remarks>
/// A detector may look at the input alone, or at what else the program knows of it: a depth camera, a challenge and its answer, the pictures before it. What it throws comes through, so that nothing matches while it fails.
/// </remarks>
/// <typeparam name="T">What inputs are made of: <see cref="byte"/> for 8-bit pixels, or <see cref="float"/>.</typeparam>
public interface IPresentationAttackDetector<T>
    where T : unmanaged
{
    /// <summary>Whether an input is a presentation attack.</summary>
    /// <param name="input">The input, as the encoder takes it and of its length.</param>
    bool IsAttack(ReadOnlySpan<T> input);
}
