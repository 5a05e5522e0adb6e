using System.Numerics;

namespace SiameseGen.Sampling;

/// <summary>
/// A random order of the numbers from 0 to n − 1 that is computed number by number and kept nowhere: a Feistel network over the next larger even number of bits, walked along until it comes back into the range
/// (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002).
/// </summary>
internal readonly struct Permutation
{
    private const int Rounds = 6;
    private readonly ulong _count;
    private readonly int _half;
    private readonly ulong _mask;
    private readonly Keys _keys;

    /// <param name="count">Numbers, 1 or more; at most 2⁶².</param>
    /// <param name="random">Decides the order.</param>
    public Permutation(long count, ref CounterRandom random)
    {
        _count = (ulong)count;
        int bits = 64 - BitOperations.LeadingZeroCount(_count - 1);
        _half = Math.Max((bits + 1) / 2, 1);
        _mask = (1UL << _half) - 1;
        for (int i = 0; i < Rounds; i++)
            _keys[i] = ((ulong)random.NextUInt32() << 32) | random.NextUInt32();
    }

    /// <summary>The number in a place of the order.</summary>
    public long this[long place]
    {
        get
        {
            // The network's range is less than four times as large, so a walk takes four steps on average at most.
            ulong number = (ulong)place;
            do
                number = Encrypt(number);
            while (number >= _count);
            return (long)number;
        }
    }

    private ulong Encrypt(ulong number)
    {
        ulong left = number >> _half, right = number & _mask;
        for (int round = 0; round < Rounds; round++)
            (left, right) = (right, left ^ (Mix(right ^ _keys[round]) & _mask));
        return (left << _half) | right;
    }

    // The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): every bit of the input changes every bit of the output.
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }

    [System.Runtime.CompilerServices.InlineArray(Rounds)]
    private struct Keys
    {
        private ulong _first;
    }
}
