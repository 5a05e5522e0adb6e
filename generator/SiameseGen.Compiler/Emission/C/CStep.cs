using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>One call of the C: a step in integers, with the pooling after it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Values">Its numbers.</param>
internal sealed record CStep(IntegerStep Step, IntegerStepValues Values)
{
    /// <summary>The maximum pooling that the convolution carries out, too.</summary>
    public IntegerStep? Pool { get; init; }

    /// <summary>Where a convolution brings together what its kernel lies over; null when it reads its source in place.</summary>
    public MemoryValue? Patch { get; init; }

    /// <summary>What it writes.</summary>
    public MemoryValue Result => (Pool ?? Step).Result;

    /// <summary>The name of its numbers.</summary>
    public string Name => "@_" + Step.Layer.ClassName.ToLowerInvariant();

    /// <summary>The layers whose work it does, in order.</summary>
    public string Layers => string.Join(", ", Step.Layers.Concat(Pool?.Layers ?? []).Select(layer => layer.Name));

    /// <summary>The rows of the pooling, or places that are left as they are.</summary>
    public KernelSide PoolDown => Pool?.Down ?? Single(Step.Down.Places);

    /// <summary>The columns, likewise.</summary>
    public KernelSide PoolAcross => Pool?.Across ?? Single(Step.Across.Places);

    /// <summary>Bytes that its kernel lies over; 0 when that is always one pixel of the image.</summary>
    public int PatchLength => Step.Kind != IntegerKind.Convolution || (IsPixel(Step.Down) && IsPixel(Step.Across)) ? 0
        : Step.IsDepthwise ? Step.Depth * Step.Channels : Step.Depth;

    /// <summary>Whether each value of the result depends on the value in the same place only.</summary>
    public bool IsByValue => Step.Kind is IntegerKind.Table or IntegerKind.Sum or IntegerKind.ChannelProduct;

    /// <summary>Multiply-adds of its convolution, without places that the pooling leaves out.</summary>
    public long MultiplyAdds => Step.Kind != IntegerKind.Convolution ? 0 : (long)Step.Filters * Step.Depth * Covered(PoolDown) * Covered(PoolAcross);

    private static KernelSide Single(int places) => KernelSide.Whole(1) with { Size = places };

    private static bool IsPixel(KernelSide side) => side.Taps == 1 && side.Before == 0 && (side.Places - 1) * side.Stride < side.Size;

    private static int Covered(KernelSide side) => Enumerable.Range(0, side.Places).Sum(place => Math.Min((place * side.Stride) - side.Before + side.Taps, side.Size) - Math.Max((place * side.Stride) - side.Before, 0));
}
