namespace SiameseGen.Data;

/// <summary>Names in messages, no more than a reader wants to see.</summary>
internal static class Listing
{
    private const int Shown = 5;

    public static string Of(IReadOnlyCollection<string> names)
    {
        string listed = string.Join(", ", names.Take(Shown).Select(name => $"'{name}'"));
        return names.Count > Shown ? $"{listed} and {names.Count - Shown} more" : listed;
    }
}
