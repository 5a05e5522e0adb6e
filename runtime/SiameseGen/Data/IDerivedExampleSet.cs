namespace SiameseGen.Data;

/// <summary>A set that shows the examples of another one.</summary>
internal interface IDerivedExampleSet
{
    /// <summary>The other set.</summary>
    IExampleSet Source { get; }
}
