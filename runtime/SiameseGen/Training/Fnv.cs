namespace SiameseGen.Training;

/// <summary>A checksum of 64 bits against mistakes and damage, not against malice (Fowler, Noll and Vo's 1a).</summary>
internal static class Fnv
{
    private const ulong Start = 14695981039346656037, Prime = 1099511628211;

    public static ulong Of(ReadOnlySpan<char> text)
    {
        ulong hash = Start;
        foreach (char letter in text)
            hash = (hash ^ letter) * Prime;
        return hash;
    }

    public static ulong Of(Sampling.Batch batch)
    {
        ulong hash = Start;
        foreach (int item in batch.Items)
            hash = (hash ^ (uint)item) * Prime;
        foreach (int number in batch.Classes)
            hash = (hash ^ (uint)number) * Prime;
        return hash;
    }
}
