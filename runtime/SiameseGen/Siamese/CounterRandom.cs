namespace SiameseGen;

/// <summary>
/// A counter-based random generator: the numbers depend only on what it is for (seed, purpose, step, index), never on who drew before,
/// so that results are equal for any number of threads. Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
/// </summary>
public struct CounterRandom
{
    private readonly uint _key0, _key1, _c1, _c2, _c3;
    private uint _block;
    private uint _r0, _r1, _r2, _r3;
    private int _left;

    /// <summary>What random numbers are for; equal seeds give unrelated numbers for different purposes.</summary>
    public enum Purpose : uint
    {
        /// <summary>Initial weights.</summary>
        Initialization,

        /// <summary>Order and choice of training examples.</summary>
        Sampling,

        /// <summary>Augmentation of training examples.</summary>
        Augmentation,

        /// <summary>Dropout masks.</summary>
        Dropout,

        /// <summary>Random evaluation episodes.</summary>
        Evaluation,

        /// <summary>Generated data.</summary>
        Data,

        /// <summary>Choice of pairs and triplets within a batch.</summary>
        Mining,
    }

    /// <summary>Starts a sequence of its own.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="index">Which of many sequences, such as an item or a layer.</param>
    /// <param name="step">The training step, or 0.</param>
    public CounterRandom(ulong seed, Purpose purpose, uint index, ulong step = 0)
    {
        _key0 = (uint)seed;
        _key1 = (uint)(seed >> 32) ^ ((uint)purpose * 0x9E3779B9u);
        _c1 = index;
        _c2 = (uint)step;
        _c3 = (uint)(step >> 32);
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_left == 0)
        {
            Philox(_block++);
            _left = 4;
        }

        return --_left switch { 3 => _r0, 2 => _r1, 1 => _r2, _ => _r3 };
    }

    /// <summary>A number in [0, 1), a multiple of 2⁻²⁴.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, which rounding may reach.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    public float NextSingle(float low, float high) => low + ((high - low) * NextSingle());

    /// <summary>An integer in [0, <paramref name="count"/>), each equally likely.</summary>
    /// <param name="count">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is 0 or less.</exception>
    public int NextInt32(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);

        // Lemire, "Fast random integer generation in an interval", 2019.
        uint bound = (uint)count;
        ulong product = (ulong)NextUInt32() * bound;
        if ((uint)product < bound)
        {
            uint threshold = unchecked(0u - bound) % bound;
            while ((uint)product < threshold)
                product = (ulong)NextUInt32() * bound;
        }

        return (int)(product >> 32);
    }

    /// <summary>A number of mean 0 and variance 1: twelve uniform numbers summed, a density at most 0.0051 from the normal one's, and never beyond ±6.</summary>
    public float NextGaussian()
    {
        float sum = -6f;
        for (int i = 0; i < 12; i++)
            sum += NextSingle();
        return sum;
    }

    /// <summary>Puts the elements into a random order, each order equally likely (Fisher and Yates).</summary>
    /// <param name="values">The elements.</param>
    /// <typeparam name="T">The element type.</typeparam>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private void Philox(uint block)
    {
        uint c0 = block, c1 = _c1, c2 = _c2, c3 = _c3, k0 = _key0, k1 = _key1;
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53ul * c0, p1 = 0xCD9E8D57ul * c2;
            c0 = (uint)(p1 >> 32) ^ c1 ^ k0;
            c1 = (uint)p1;
            c2 = (uint)(p0 >> 32) ^ c3 ^ k1;
            c3 = (uint)p0;
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }

        (_r0, _r1, _r2, _r3) = (c0, c1, c2, c3);
    }
}
