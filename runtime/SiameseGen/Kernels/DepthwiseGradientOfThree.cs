using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The sums of <see cref="DepthwiseWeightGradient"/> for the three taps of a kernel's row together: a gradient of the output is loaded once for all of them.
/// The first and the last output leave out the tap that lies beyond the border, as in <see cref="DepthwiseTilesOfThree{V}"/>.
/// </summary>
/// <param name="count">Outputs of a row.</param>
/// <param name="left">Whether the first output's left tap lies beyond the border.</param>
/// <param name="right">Whether the last output's right tap does.</param>
/// <param name="channels">Floats from one tap, or one output, to the next.</param>
/// <param name="step">Floats from the input under one output to that under the next.</param>
/// <param name="tapLength">Floats from one tap's sums to the next.</param>
internal readonly struct DepthwiseGradientOfThree(int count, bool left, bool right, nint channels, nint step, nint tapLength)
{
    /// <summary>Adds a row of outputs to the sums of all channels, at least eight.</summary>
    /// <param name="x">The input under the middle tap of the first output.</param>
    /// <param name="dy">The gradient of the first output.</param>
    /// <param name="sums">The sums of the first tap, in whole vectors.</param>
    public void Add(ref float x, ref float dy, ref float sums)
    {
        // The last vector ends with the last channel, so it overlaps the one before where channels fill no vector.
        nint c = 0;
        for (; c + Lanes.Count < channels; c += 2 * Lanes.Count)
        {
            nuint second = (nuint)Math.Min(Lanes.Count, channels - Lanes.Count - c);
            AddTwo(second, ref Unsafe.Add(ref x, c), ref Unsafe.Add(ref dy, c), ref Unsafe.Add(ref sums, c));
        }

        if (c < channels)
        {
            nint at = Math.Min(c, channels - Lanes.Count);
            AddOne(ref Unsafe.Add(ref x, at), ref Unsafe.Add(ref dy, at), ref Unsafe.Add(ref sums, c));
        }
    }

    // Two vectors of channels.
    private void AddTwo(nuint second, ref float x, ref float dy, ref float sums)
    {
        ref float sums1 = ref Unsafe.Add(ref sums, tapLength), sums2 = ref Unsafe.Add(ref sums1, tapLength);
        Vector256<float> a0 = Vector256.LoadUnsafe(ref sums), b0 = Vector256.LoadUnsafe(ref sums, Lanes.Count);
        Vector256<float> a1 = Vector256.LoadUnsafe(ref sums1), b1 = Vector256.LoadUnsafe(ref sums1, Lanes.Count);
        Vector256<float> a2 = Vector256.LoadUnsafe(ref sums2), b2 = Vector256.LoadUnsafe(ref sums2, Lanes.Count);
        nint tap = channels, advance = step;
        int whole = count - (right ? 1 : 0);
        if (left)
        {
            ref float next = ref Unsafe.Add(ref x, tap);
            Vector256<float> low = Vector256.LoadUnsafe(ref dy), high = Vector256.LoadUnsafe(ref dy, second);
            a1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x), low, a1);
            b1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x, second), high, b1);
            a2 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref next), low, a2);
            b2 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref next, second), high, b2);
            x = ref Unsafe.Add(ref x, advance);
            dy = ref Unsafe.Add(ref dy, tap);
            whole--;
        }

        x = ref Unsafe.Add(ref x, -tap);
        for (; whole > 0; whole--)
        {
            ref float middle = ref Unsafe.Add(ref x, tap), next = ref Unsafe.Add(ref middle, tap);
            Vector256<float> low = Vector256.LoadUnsafe(ref dy), high = Vector256.LoadUnsafe(ref dy, second);
            a0 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x), low, a0);
            b0 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x, second), high, b0);
            a1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref middle), low, a1);
            b1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref middle, second), high, b1);
            a2 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref next), low, a2);
            b2 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref next, second), high, b2);
            x = ref Unsafe.Add(ref x, advance);
            dy = ref Unsafe.Add(ref dy, tap);
        }

        if (right)
        {
            ref float middle = ref Unsafe.Add(ref x, tap);
            Vector256<float> low = Vector256.LoadUnsafe(ref dy), high = Vector256.LoadUnsafe(ref dy, second);
            a0 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x), low, a0);
            b0 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x, second), high, b0);
            a1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref middle), low, a1);
            b1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref middle, second), high, b1);
        }

        a0.StoreUnsafe(ref sums);
        b0.StoreUnsafe(ref sums, Lanes.Count);
        a1.StoreUnsafe(ref sums1);
        b1.StoreUnsafe(ref sums1, Lanes.Count);
        a2.StoreUnsafe(ref sums2);
        b2.StoreUnsafe(ref sums2, Lanes.Count);
    }

    // One vector of channels.
    private void AddOne(ref float x, ref float dy, ref float sums)
    {
        ref float sums1 = ref Unsafe.Add(ref sums, tapLength), sums2 = ref Unsafe.Add(ref sums1, tapLength);
        Vector256<float> a0 = Vector256.LoadUnsafe(ref sums), a1 = Vector256.LoadUnsafe(ref sums1), a2 = Vector256.LoadUnsafe(ref sums2);
        nint tap = channels, advance = step;
        for (int i = 0; i < count; i++)
        {
            Vector256<float> slope = Vector256.LoadUnsafe(ref dy);
            if (i > 0 || !left)
                a0 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x, -tap)), slope, a0);
            a1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x), slope, a1);
            if (i < count - 1 || !right)
                a2 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x, tap)), slope, a2);
            x = ref Unsafe.Add(ref x, advance);
            dy = ref Unsafe.Add(ref dy, tap);
        }

        a0.StoreUnsafe(ref sums);
        a1.StoreUnsafe(ref sums1);
        a2.StoreUnsafe(ref sums2);
    }
}
