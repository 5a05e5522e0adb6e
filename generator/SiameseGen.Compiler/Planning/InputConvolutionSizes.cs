namespace SiameseGen.Compiler.Planning;

/// <summary>
/// How much memory the runtime's <c>Conv2DBatchNormReLUMaxPool</c> asks for; a test compares them. Here nothing overflows.
/// </summary>
/// <param name="Convolution">The convolution.</param>
internal sealed record InputConvolutionSizes(Conv2DSizes Convolution)
{
    private const int Shards = 8, Lanes = 8, Doubles = 4, MomentPixels = 64, FloatsOfDouble = 2, Slack = 3, MomentsSlack = 4;

    private long Terms => (long)Convolution.KernelHeight * Convolution.KernelWidth * Convolution.Channels;

    // Terms and a one, in whole vectors.
    private long MomentsRow => (Terms + Doubles) / Doubles * Doubles;

    /// <summary>
    /// Whether it is faster than one layer after the other. For each pixel the moments of what the kernel sees take half the square of its terms in double
    /// precision, and its terms are laid out for that; to store an output of a filter, and read it again five times, takes about as long as fifty of the former.
    /// </summary>
    /// <param name="shape">The convolution.</param>
    public static bool Pays(Conv2DSizes shape)
    {
        long terms = new InputConvolutionSizes(shape).Terms;
        return shape is { Dilation: 1, IsPoolable: true } && (terms * terms) + (15 * terms) <= 50L * shape.Filters;
    }

    /// <summary>Doubles that workers share.</summary>
    public long StatisticsLength => Shards * (((Terms + Doubles - 1) / Doubles * Doubles * MomentsRow) + ((Terms + 1) * Convolution.Filters));

    /// <summary>Floats an item in which forward leaves marks for backward.</summary>
    public long MarksLength => (long)(Convolution.OutputHeight / 2) * (Convolution.OutputWidth / 2) * ((Convolution.Filters + Lanes - 1) / Lanes);

    /// <summary>Floats a worker needs within a training call.</summary>
    public long TrainingScratch
    {
        get
        {
            Conv2DSizes pooled = Convolution.AsPooled;
            long moments = (((MomentPixels * MomentsRow) + Doubles) * FloatsOfDouble) + KernelSizes.BufferLength(Convolution) + MomentsSlack;
            long forward = KernelSizes.InferenceScratch(pooled) + KernelSizes.PreparedLength(pooled);
            long backward = KernelSizes.BufferLength(pooled) + Slack;
            return ((Terms + (Terms * Terms)) * FloatsOfDouble) + Math.Max(moments, Math.Max(forward, backward));
        }
    }
}
