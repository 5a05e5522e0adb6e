using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Shipping;

/// <summary>
/// One step of an encoder in integers. Values are 8-bit codes q that stand for scale · (q − zero); the scales are gone into the multipliers by then. All steps but tables
/// and maxima end alike: clamp(zero + ((sum · multiplier + 2^(shift − 1)) &gt;&gt; shift), low, 127), with a sum of 32 bits, a product of 64 and a shift that rounds down.
/// </summary>
/// <param name="Layer">The layer it begins with.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Source">What it reads.</param>
/// <param name="Result">What it writes.</param>
internal sealed record IntegerStep(Layer Layer, IntegerKind Kind, MemoryValue Source, MemoryValue Result)
{
    /// <summary>The other branch that it reads; null when there is none.</summary>
    public MemoryValue? Branch { get; init; }

    /// <summary>Rows of a kernel or window and where it comes to lie; one row of one for a vector.</summary>
    public KernelSide Down { get; init; } = KernelSide.Whole(1);

    /// <summary>Columns, likewise.</summary>
    public KernelSide Across { get; init; } = KernelSide.Whole(1);

    /// <summary>Channels that arrive.</summary>
    public int Channels { get; init; }

    /// <summary>Channels that leave.</summary>
    public int Filters { get; init; }

    /// <summary>Parts of channels and filters that have nothing to do with each other.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>The batch normalisation that goes into the weights.</summary>
    public Layer? Normalization { get; init; }

    /// <summary>The ReLU that the lower bound of the result carries out.</summary>
    public Layer? Rectifier { get; init; }

    /// <summary>Products of weights with one output: taps of the kernel times channels of a group.</summary>
    public int Depth => Down.Taps * Across.Taps * (Channels / Groups);

    /// <summary>Whether every channel has a filter of its own.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == Channels && Groups == Filters;

    /// <summary>Multipliers in the artifact.</summary>
    public int Multipliers => Kind switch
    {
        IntegerKind.Convolution => Filters,
        IntegerKind.Sum => 2,
        IntegerKind.MeanPool or IntegerKind.ChannelProduct => 1,
        _ => 0,
    };

    /// <summary>Biases in the artifact.</summary>
    public int Biases => Kind switch
    {
        IntegerKind.Convolution => Filters,
        IntegerKind.ChannelProduct => 2,
        IntegerKind.MeanPool or IntegerKind.Sum => 1,
        _ => 0,
    };

    /// <summary>Bytes of weights, or of a table, in the artifact.</summary>
    public int Weights => Kind switch
    {
        IntegerKind.Convolution => Filters * Depth,
        IntegerKind.Table => 256 * Filters,
        _ => 0,
    };

    /// <summary>The layers whose work it does, in order.</summary>
    public IEnumerable<Layer> Layers => new[] { Layer, Normalization, Rectifier }.OfType<Layer>();

    /// <summary>The shape that leaves.</summary>
    public Shape Output => Layer.Output;
}

/// <summary>The kinds of steps of an encoder in integers.</summary>
internal enum IntegerKind
{
    /// <summary>Sums of products with weights [filter][row][column][channel of the group], each plus its bias, times the filter's multiplier. Outside of the image is the code for 0.</summary>
    Convolution,

    /// <summary>The largest code of each channel in a window.</summary>
    MaximumPool,

    /// <summary>The sum of each channel's codes in a window, plus the bias, times the multiplier. Outside of the image is the code for 0.</summary>
    MeanPool,

    /// <summary>One branch times its multiplier, plus the other times its own, plus the bias: all of 32 bits, and then the shift without a product.</summary>
    Sum,

    /// <summary>Each value plus the first bias, times the other branch's value for its channel plus the second bias, times the multiplier.</summary>
    ChannelProduct,

    /// <summary>For each code another one: 256 for all channels, or for each of them.</summary>
    Table,
}
