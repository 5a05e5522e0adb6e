using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>
/// Sums of a depthwise convolution in registers: several adjacent outputs times the channels of a register, so that each weight that is loaded is used for all of them.
/// Each output is one chain of fused multiply-adds that starts at the bias and goes over kernel rows and columns, whatever the number of outputs beside it.
/// </summary>
/// <typeparam name="V">The channels that are computed together.</typeparam>
internal static class DepthwiseTiles<V>
    where V : struct, IFloats<V>
{
    /// <summary>Computes adjacent outputs under whose kernel is nothing but image, for the channels of a register.</summary>
    /// <param name="loop">What each output goes through.</param>
    /// <param name="count">Outputs.</param>
    /// <param name="x">The input under the kernel's first tap for the first output.</param>
    /// <param name="weights">The first tap's weights.</param>
    /// <param name="bias">The biases.</param>
    /// <param name="y">The first output.</param>
    public static void Run(in DepthwiseLoop loop, int count, ref float x, ref float weights, ref float bias, ref float y)
    {
        // What does not fill a tile is computed by one that overlaps the tile before.
        int eights = count / 8, done = eights * 8;
        Eights(loop, eights, ref x, ref weights, ref bias, ref y);
        if (eights > 0 && count - done > 4)
        {
            Eights(loop, 1, ref loop.Input(ref x, count - 8), ref weights, ref bias, ref loop.Output(ref y, count - 8));
            return;
        }

        for (; count >= 4 && done < count; done += 4)
        {
            int at = Math.Min(done, count - 4);
            Four(loop, ref loop.Input(ref x, at), ref weights, ref bias, ref loop.Output(ref y, at));
        }

        for (; done < count; done++)
            One(loop, ref loop.Input(ref x, done), ref weights, ref bias, ref loop.Output(ref y, done));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Eights(in DepthwiseLoop loop, int tiles, ref float x, ref float weights, ref float bias, ref float y)
    {
        nint step = loop.InputColumn, channels = loop.Channels, rest = loop.InputRow - (loop.Columns * channels), outputStep = loop.OutputColumn;
        int columns = loop.Columns, rows = loop.Rows;
        for (; tiles > 0; tiles--)
        {
            V a0 = V.Load(ref bias), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
            ref float w = ref weights;
            ref float x0 = ref x;
            for (int row = rows; row > 0; row--)
            {
                for (int column = columns; column > 0; column--)
                {
                    V tap = V.Load(ref w);
                    ref float x4 = ref Unsafe.Add(ref x0, 4 * step);
                    a0 = V.MultiplyAdd(V.Load(ref x0), tap, a0);
                    a1 = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref x0, step)), tap, a1);
                    a2 = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref x0, 2 * step)), tap, a2);
                    a3 = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref x0, 3 * step)), tap, a3);
                    a4 = V.MultiplyAdd(V.Load(ref x4), tap, a4);
                    a5 = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref x4, step)), tap, a5);
                    a6 = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref x4, 2 * step)), tap, a6);
                    a7 = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref x4, 3 * step)), tap, a7);
                    w = ref Unsafe.Add(ref w, channels);
                    x0 = ref Unsafe.Add(ref x0, channels);
                }

                x0 = ref Unsafe.Add(ref x0, rest);
            }

            if (loop.Relu)
            {
                a0 = V.Rectify(a0);
                a1 = V.Rectify(a1);
                a2 = V.Rectify(a2);
                a3 = V.Rectify(a3);
                a4 = V.Rectify(a4);
                a5 = V.Rectify(a5);
                a6 = V.Rectify(a6);
                a7 = V.Rectify(a7);
            }

            a0.Store(ref y);
            a1.Store(ref Unsafe.Add(ref y, outputStep));
            a2.Store(ref Unsafe.Add(ref y, 2 * outputStep));
            a3.Store(ref Unsafe.Add(ref y, 3 * outputStep));
            y = ref Unsafe.Add(ref y, 4 * outputStep);
            a4.Store(ref y);
            a5.Store(ref Unsafe.Add(ref y, outputStep));
            a6.Store(ref Unsafe.Add(ref y, 2 * outputStep));
            a7.Store(ref Unsafe.Add(ref y, 3 * outputStep));
            y = ref Unsafe.Add(ref y, 4 * outputStep);
            x = ref Unsafe.Add(ref x, 8 * step);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Four(in DepthwiseLoop loop, ref float x, ref float weights, ref float bias, ref float y)
    {
        nint step = loop.InputColumn, channels = loop.Channels, rest = loop.InputRow - (loop.Columns * channels), outputStep = loop.OutputColumn;
        V a0 = V.Load(ref bias), a1 = a0, a2 = a0, a3 = a0;
        for (int row = loop.Rows; row > 0; row--)
        {
            for (int column = loop.Columns; column > 0; column--)
            {
                V tap = V.Load(ref weights);
                a0 = V.MultiplyAdd(V.Load(ref x), tap, a0);
                a1 = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref x, step)), tap, a1);
                a2 = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref x, 2 * step)), tap, a2);
                a3 = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref x, 3 * step)), tap, a3);
                weights = ref Unsafe.Add(ref weights, channels);
                x = ref Unsafe.Add(ref x, channels);
            }

            x = ref Unsafe.Add(ref x, rest);
        }

        if (loop.Relu)
        {
            a0 = V.Rectify(a0);
            a1 = V.Rectify(a1);
            a2 = V.Rectify(a2);
            a3 = V.Rectify(a3);
        }

        a0.Store(ref y);
        a1.Store(ref Unsafe.Add(ref y, outputStep));
        a2.Store(ref Unsafe.Add(ref y, 2 * outputStep));
        a3.Store(ref Unsafe.Add(ref y, 3 * outputStep));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void One(in DepthwiseLoop loop, ref float x, ref float weights, ref float bias, ref float y)
    {
        nint channels = loop.Channels, rest = loop.InputRow - (loop.Columns * channels);
        V sum = V.Load(ref bias);
        for (int row = loop.Rows; row > 0; row--)
        {
            for (int column = loop.Columns; column > 0; column--)
            {
                sum = V.MultiplyAdd(V.Load(ref x), V.Load(ref weights), sum);
                weights = ref Unsafe.Add(ref weights, channels);
                x = ref Unsafe.Add(ref x, channels);
            }

            x = ref Unsafe.Add(ref x, rest);
        }

        (loop.Relu ? V.Rectify(sum) : sum).Store(ref y);
    }
}
