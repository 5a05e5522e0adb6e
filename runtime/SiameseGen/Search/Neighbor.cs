namespace SiameseGen.Search;

/// <summary>One answer of a search.</summary>
/// <param name="Index">The row of the gallery, from 0 in the order of adding.</param>
/// <param name="Distance">The gallery's distance between the query and that row as it is stored; 0 or more.</param>
public readonly record struct Neighbor(int Index, Distance Distance);
