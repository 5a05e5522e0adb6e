namespace SiameseGen;

/// <summary>The weights and running statistics of one encoder, in one aligned buffer: what all branches read.</summary>
public sealed class Parameters
{
    private readonly AlignedBuffer<float> _buffer;
    private int _version;

    /// <summary>Draws initial values.</summary>
    /// <param name="info">The architecture.</param>
    /// <param name="seed">Equal seeds give equal weights, bit for bit.</param>
    public Parameters(EncoderInfo info, int seed)
        : this(info)
    {
        for (int i = 0; i < info.Tensors.Length; i++)
        {
            ParameterTensor tensor = info.Tensors[i];
            Initialize(tensor, this[tensor], new CounterRandom((ulong)(uint)seed, CounterRandom.Purpose.Initialization, (uint)i));
        }
    }

    /// <summary>All values 0, for who writes each of them.</summary>
    /// <param name="info">The architecture.</param>
    internal Parameters(EncoderInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        Info = info;
        _buffer = new AlignedBuffer<float>(info.ParameterCount + info.StateCount);
    }

    /// <summary>The architecture.</summary>
    public EncoderInfo Info { get; }

    /// <summary>Everything: trainable floats first, then running statistics.</summary>
    public Span<float> Values => _buffer.Span;

    /// <summary>The floats an optimizer updates.</summary>
    public Span<float> Trainable => _buffer.Slice(0, Info.ParameterCount);

    /// <summary>Grows with every <see cref="MarkChanged"/>, so that inference knows when to fold and pack anew.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>The values of one tensor.</summary>
    /// <param name="tensor">A tensor of this architecture.</param>
    public Span<float> this[ParameterTensor tensor] => _buffer.Slice(tensor.Offset, tensor.Length);

    /// <summary>Says that <see cref="Values"/> were written to. Call it after every change.</summary>
    public void MarkChanged() => Interlocked.Increment(ref _version);

    private static void Initialize(ParameterTensor tensor, Span<float> values, CounterRandom random)
    {
        int both = tensor.FanIn + tensor.FanOut;
        switch (tensor.Initializer)
        {
            case Initializer.Zeros:
                values.Clear();
                break;
            case Initializer.Ones:
                values.Fill(1f);
                break;
            case Initializer.Constant:
                values.Fill(tensor.InitialValue);
                break;
            case Initializer.HeUniform:
                Uniform(values, random, MathF.Sqrt(6f / tensor.FanIn));
                break;
            case Initializer.GlorotUniform:
                Uniform(values, random, MathF.Sqrt(6f / both));
                break;
            case Initializer.LeCunUniform:
                Uniform(values, random, MathF.Sqrt(3f / tensor.FanIn));
                break;
            case Initializer.HeNormal:
                Normal(values, random, MathF.Sqrt(2f / tensor.FanIn));
                break;
            case Initializer.GlorotNormal:
                Normal(values, random, MathF.Sqrt(2f / both));
                break;
            case Initializer.LeCunNormal:
                Normal(values, random, MathF.Sqrt(1f / tensor.FanIn));
                break;
            default:
                throw new ArgumentException($"{tensor.Name} has an unknown initializer, {tensor.Initializer}.", nameof(tensor));
        }
    }

    private static void Uniform(Span<float> values, CounterRandom random, float bound)
    {
        foreach (ref float value in values)
            value = ((2f * random.NextSingle()) - 1f) * bound;
    }

    private static void Normal(Span<float> values, CounterRandom random, float deviation)
    {
        foreach (ref float value in values)
            value = random.NextGaussian() * deviation;
    }
}
