using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Benchmarks.Peers;

/// <summary>
/// How many multiply-adds a core makes when nothing else holds it up: twelve independent chains in registers, of the widest vectors that the processor is fast
/// with.
/// </summary>
internal sealed class FmaPeak : IContestant
{
    private const int Steps = 100_000, Chains = 12;
    private float _sink;

    /// <summary>Multiply-adds of a step.</summary>
    public static double MultiplyAdds => (double)Steps * Chains * (Bits / 32);

    /// <summary>Bits of the vectors.</summary>
    public static int Bits => Vector512.IsHardwareAccelerated ? 512 : 256;

    /// <inheritdoc/>
    public string Name => "multiply-adds in registers";

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) =>
        Timing.Repeat(() => _sink += Vector512.IsHardwareAccelerated ? MultiplyWide() : Multiply(), duration, milliseconds);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Multiply()
    {
        Vector256<float> a = Vector256.Create(0.5f), b = Vector256.Create(0.25f);
        Vector256<float> c0 = a, c1 = b, c2 = a, c3 = b, c4 = a, c5 = b, c6 = a, c7 = b, c8 = a, c9 = b, c10 = a, c11 = b;
        for (int i = 0; i < Steps; i++)
        {
            c0 = Vector256.FusedMultiplyAdd(c0, a, b);
            c1 = Vector256.FusedMultiplyAdd(c1, a, b);
            c2 = Vector256.FusedMultiplyAdd(c2, a, b);
            c3 = Vector256.FusedMultiplyAdd(c3, a, b);
            c4 = Vector256.FusedMultiplyAdd(c4, a, b);
            c5 = Vector256.FusedMultiplyAdd(c5, a, b);
            c6 = Vector256.FusedMultiplyAdd(c6, a, b);
            c7 = Vector256.FusedMultiplyAdd(c7, a, b);
            c8 = Vector256.FusedMultiplyAdd(c8, a, b);
            c9 = Vector256.FusedMultiplyAdd(c9, a, b);
            c10 = Vector256.FusedMultiplyAdd(c10, a, b);
            c11 = Vector256.FusedMultiplyAdd(c11, a, b);
        }

        return Vector256.Sum(c0 + c1 + c2 + c3 + c4 + c5 + (c6 + c7 + c8 + c9 + c10 + c11));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float MultiplyWide()
    {
        Vector512<float> a = Vector512.Create(0.5f), b = Vector512.Create(0.25f);
        Vector512<float> c0 = a, c1 = b, c2 = a, c3 = b, c4 = a, c5 = b, c6 = a, c7 = b, c8 = a, c9 = b, c10 = a, c11 = b;
        for (int i = 0; i < Steps; i++)
        {
            c0 = Vector512.FusedMultiplyAdd(c0, a, b);
            c1 = Vector512.FusedMultiplyAdd(c1, a, b);
            c2 = Vector512.FusedMultiplyAdd(c2, a, b);
            c3 = Vector512.FusedMultiplyAdd(c3, a, b);
            c4 = Vector512.FusedMultiplyAdd(c4, a, b);
            c5 = Vector512.FusedMultiplyAdd(c5, a, b);
            c6 = Vector512.FusedMultiplyAdd(c6, a, b);
            c7 = Vector512.FusedMultiplyAdd(c7, a, b);
            c8 = Vector512.FusedMultiplyAdd(c8, a, b);
            c9 = Vector512.FusedMultiplyAdd(c9, a, b);
            c10 = Vector512.FusedMultiplyAdd(c10, a, b);
            c11 = Vector512.FusedMultiplyAdd(c11, a, b);
        }

        return Vector512.Sum(c0 + c1 + c2 + c3 + c4 + c5 + (c6 + c7 + c8 + c9 + c10 + c11));
    }
}
