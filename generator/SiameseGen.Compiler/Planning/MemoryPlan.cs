namespace SiameseGen.Compiler.Planning;

/// <summary>Something that lives in the arena: an activation or the gradient of one.</summary>
/// <param name="name">The layer that computes it, with <c>d</c> before it for a gradient.</param>
/// <param name="length">Floats an item.</param>
/// <param name="isCommon">Whether it has to be contiguous over the whole batch, and so shares space with nothing.</param>
internal sealed class MemoryValue(string name, int length, bool isCommon = false)
{
    /// <summary>Its name in the plan's text.</summary>
    public string Name { get; } = name;

    /// <summary>Floats an item.</summary>
    public int Length { get; } = length;

    /// <summary>Whether it has to be contiguous over the whole batch, and so shares space with nothing.</summary>
    public bool IsCommon { get; } = isCommon;

    /// <summary>Where it was placed, floats an item from the start of the arena.</summary>
    public int Offset { get; set; }
}

/// <summary>A moment in a plan, at which values are read and others written.</summary>
/// <param name="Name">What happens.</param>
/// <param name="Reads">Values that must still be there.</param>
/// <param name="Writes">Values that come into being.</param>
/// <param name="MayReplace">Values of which the first one written may take the place, if nobody needs it afterwards.</param>
internal sealed record MemoryStep(string Name, IReadOnlyList<MemoryValue> Reads, IReadOnlyList<MemoryValue> Writes, IReadOnlyList<MemoryValue> MayReplace)
{
    /// <summary>A moment at which nothing takes another's place.</summary>
    /// <param name="name">What happens.</param>
    /// <param name="reads">Values that must still be there.</param>
    /// <param name="writes">Values that come into being.</param>
    public MemoryStep(string name, IReadOnlyList<MemoryValue> reads, IReadOnlyList<MemoryValue> writes)
        : this(name, reads, writes, [])
    {
    }
}

/// <summary>One piece of the arena for values of equal length that follow one another in place.</summary>
/// <param name="Values">The values, in order of their lives.</param>
/// <param name="Start">The first step at which one lives.</param>
/// <param name="End">The last step at which one lives.</param>
internal sealed record MemoryBuffer(IReadOnlyList<MemoryValue> Values, int Start, int End)
{
    /// <summary>Floats an item.</summary>
    public int Length => Values[0].Length;

    /// <summary>Where it was placed.</summary>
    public int Offset => Values[0].Offset;

    /// <summary>Whether one of the values has to be contiguous over the whole batch.</summary>
    public bool IsCommon => Values.Any(value => value.IsCommon);
}

/// <summary>A laid out arena.</summary>
/// <param name="Steps">What happens, in order.</param>
/// <param name="Buffers">Pieces of the arena, in order of their lives.</param>
/// <param name="CommonLength">Floats an item of the common part at the start.</param>
/// <param name="ArenaLength">Floats an item of the whole arena.</param>
internal sealed record MemoryPlan(IReadOnlyList<MemoryStep> Steps, IReadOnlyList<MemoryBuffer> Buffers, long CommonLength, long ArenaLength);
