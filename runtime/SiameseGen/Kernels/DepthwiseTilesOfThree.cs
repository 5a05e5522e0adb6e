using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>
/// Sums of a depthwise convolution in registers, for kernels of three columns: whole rows of outputs times the channels of a register. An input under several outputs is
/// loaded once: for eight outputs with stride 1, ten inputs and three weights serve twenty-four multiply-adds. The first and the last output leave out
/// the tap that lies beyond the border. Each sum has the order of <see cref="DepthwiseTiles{V}"/>.
/// </summary>
/// <typeparam name="V">The channels that are computed together.</typeparam>
internal static class DepthwiseTilesOfThree<V>
    where V : struct, IFloats<V>
{
    /// <summary>Fewest outputs of a row.</summary>
    public const int FewestOutputs = 4;

    /// <summary>Computes a row of outputs for the channels of a register; the stride is 1 or 2.</summary>
    /// <param name="loop">What each output goes through.</param>
    /// <param name="count">Outputs, at least <see cref="FewestOutputs"/>.</param>
    /// <param name="left">Whether the first output's left tap lies beyond the border.</param>
    /// <param name="right">Whether the last output's right tap does.</param>
    /// <param name="x">The input under the middle tap of the first output.</param>
    /// <param name="weights">The first tap's weights.</param>
    /// <param name="bias">The biases.</param>
    /// <param name="y">The first output.</param>
    public static void Run(in DepthwiseLoop loop, int count, bool left, bool right, ref float x, ref float weights, ref float bias, ref float y)
    {
        // What does not fill a tile is computed by one that overlaps the tile before.
        if (loop.InputColumn != loop.Channels)
        {
            int fours = count / 4, others = count % 4;
            FoursOfStrideTwo(loop, fours, left, right && others == 0, ref x, ref weights, ref bias, ref y);
            if (others > 0)
                FoursOfStrideTwo(loop, 1, false, right, ref loop.Input(ref x, count - 4), ref weights, ref bias, ref loop.Output(ref y, count - 4));
            return;
        }

        int eights = count / 8, rest = count % 8;
        Eights(loop, eights, left, right && rest == 0, ref x, ref weights, ref bias, ref y);
        if (eights == 0)
            Four(loop, left, right && rest == 4, ref x, ref weights, ref bias, ref y);
        if (eights > 0 && rest > 4)
            Eights(loop, 1, false, right, ref loop.Input(ref x, count - 8), ref weights, ref bias, ref loop.Output(ref y, count - 8));
        else if (rest > (eights > 0 ? 0 : 4))
            Four(loop, false, right, ref loop.Input(ref x, count - 4), ref weights, ref bias, ref loop.Output(ref y, count - 4));
    }

    // Adjacent tiles of eight outputs with stride 1.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Eights(in DepthwiseLoop loop, int tiles, bool left, bool atRight, ref float x, ref float weights, ref float bias, ref float y)
    {
        nint c = loop.Channels, c2 = 2 * c, c3 = 3 * c, c4 = 4 * c, row = loop.InputRow, o = loop.OutputColumn;
        for (; tiles > 0; tiles--)
        {
            bool right = atRight && tiles == 1;
            V a0 = V.Load(ref bias), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
            ref float w = ref weights;
            ref float m = ref x;
            for (int i = loop.Rows; i > 0; i--)
            {
                V v, w0 = V.Load(ref w);
                V w1 = V.Load(ref Unsafe.Add(ref w, c)), w2 = V.Load(ref Unsafe.Add(ref w, c2));
                ref float m4 = ref Unsafe.Add(ref m, c4);
                ref float m8 = ref Unsafe.Add(ref m4, c4);
                if (!left)
                {
                    v = V.Load(ref Unsafe.Add(ref m, -c));
                    a0 = V.MultiplyAdd(v, w0, a0);
                }

                v = V.Load(ref m);
                a0 = V.MultiplyAdd(v, w1, a0);
                a1 = V.MultiplyAdd(v, w0, a1);
                v = V.Load(ref Unsafe.Add(ref m, c));
                a0 = V.MultiplyAdd(v, w2, a0);
                a1 = V.MultiplyAdd(v, w1, a1);
                a2 = V.MultiplyAdd(v, w0, a2);
                v = V.Load(ref Unsafe.Add(ref m, c2));
                a1 = V.MultiplyAdd(v, w2, a1);
                a2 = V.MultiplyAdd(v, w1, a2);
                a3 = V.MultiplyAdd(v, w0, a3);
                v = V.Load(ref Unsafe.Add(ref m, c3));
                a2 = V.MultiplyAdd(v, w2, a2);
                a3 = V.MultiplyAdd(v, w1, a3);
                a4 = V.MultiplyAdd(v, w0, a4);
                v = V.Load(ref m4);
                a3 = V.MultiplyAdd(v, w2, a3);
                a4 = V.MultiplyAdd(v, w1, a4);
                a5 = V.MultiplyAdd(v, w0, a5);
                v = V.Load(ref Unsafe.Add(ref m4, c));
                a4 = V.MultiplyAdd(v, w2, a4);
                a5 = V.MultiplyAdd(v, w1, a5);
                a6 = V.MultiplyAdd(v, w0, a6);
                v = V.Load(ref Unsafe.Add(ref m4, c2));
                a5 = V.MultiplyAdd(v, w2, a5);
                a6 = V.MultiplyAdd(v, w1, a6);
                a7 = V.MultiplyAdd(v, w0, a7);
                v = V.Load(ref Unsafe.Add(ref m4, c3));
                a6 = V.MultiplyAdd(v, w2, a6);
                a7 = V.MultiplyAdd(v, w1, a7);
                if (!right)
                {
                    v = V.Load(ref m8);
                    a7 = V.MultiplyAdd(v, w2, a7);
                }

                w = ref Unsafe.Add(ref w, c3);
                m = ref Unsafe.Add(ref m, row);
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
            a1.Store(ref Unsafe.Add(ref y, o));
            a2.Store(ref Unsafe.Add(ref y, 2 * o));
            a3.Store(ref Unsafe.Add(ref y, 3 * o));
            y = ref Unsafe.Add(ref y, 4 * o);
            a4.Store(ref y);
            a5.Store(ref Unsafe.Add(ref y, o));
            a6.Store(ref Unsafe.Add(ref y, 2 * o));
            a7.Store(ref Unsafe.Add(ref y, 3 * o));
            y = ref Unsafe.Add(ref y, 4 * o);
            x = ref Unsafe.Add(ref x, 2 * c4);
            left = false;
        }
    }

    // Four outputs with stride 1.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Four(in DepthwiseLoop loop, bool left, bool right, ref float x, ref float weights, ref float bias, ref float y)
    {
        nint c = loop.Channels, c2 = 2 * c, c3 = 3 * c, c4 = 4 * c, row = loop.InputRow, o = loop.OutputColumn;
        V a0 = V.Load(ref bias), a1 = a0, a2 = a0, a3 = a0;
        ref float w = ref weights;
        ref float m = ref x;
        for (int i = loop.Rows; i > 0; i--)
        {
            V v, w0 = V.Load(ref w);
            V w1 = V.Load(ref Unsafe.Add(ref w, c)), w2 = V.Load(ref Unsafe.Add(ref w, c2));
            ref float m4 = ref Unsafe.Add(ref m, c4);
            if (!left)
            {
                v = V.Load(ref Unsafe.Add(ref m, -c));
                a0 = V.MultiplyAdd(v, w0, a0);
            }

            v = V.Load(ref m);
            a0 = V.MultiplyAdd(v, w1, a0);
            a1 = V.MultiplyAdd(v, w0, a1);
            v = V.Load(ref Unsafe.Add(ref m, c));
            a0 = V.MultiplyAdd(v, w2, a0);
            a1 = V.MultiplyAdd(v, w1, a1);
            a2 = V.MultiplyAdd(v, w0, a2);
            v = V.Load(ref Unsafe.Add(ref m, c2));
            a1 = V.MultiplyAdd(v, w2, a1);
            a2 = V.MultiplyAdd(v, w1, a2);
            a3 = V.MultiplyAdd(v, w0, a3);
            v = V.Load(ref Unsafe.Add(ref m, c3));
            a2 = V.MultiplyAdd(v, w2, a2);
            a3 = V.MultiplyAdd(v, w1, a3);
            if (!right)
            {
                v = V.Load(ref m4);
                a3 = V.MultiplyAdd(v, w2, a3);
            }

            w = ref Unsafe.Add(ref w, c3);
            m = ref Unsafe.Add(ref m, row);
        }

        if (loop.Relu)
        {
            a0 = V.Rectify(a0);
            a1 = V.Rectify(a1);
            a2 = V.Rectify(a2);
            a3 = V.Rectify(a3);
        }

        a0.Store(ref y);
        a1.Store(ref Unsafe.Add(ref y, o));
        a2.Store(ref Unsafe.Add(ref y, 2 * o));
        a3.Store(ref Unsafe.Add(ref y, 3 * o));
    }

    // Adjacent tiles of four outputs with stride 2.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FoursOfStrideTwo(in DepthwiseLoop loop, int tiles, bool left, bool atRight, ref float x, ref float weights, ref float bias, ref float y)
    {
        nint c = loop.Channels, c2 = 2 * c, c3 = 3 * c, c4 = 4 * c, row = loop.InputRow, o = loop.OutputColumn;
        for (; tiles > 0; tiles--)
        {
            bool right = atRight && tiles == 1;
            V a0 = V.Load(ref bias), a1 = a0, a2 = a0, a3 = a0;
            ref float w = ref weights;
            ref float m = ref x;
            for (int i = loop.Rows; i > 0; i--)
            {
                V v, w0 = V.Load(ref w);
                V w1 = V.Load(ref Unsafe.Add(ref w, c)), w2 = V.Load(ref Unsafe.Add(ref w, c2));
                ref float m4 = ref Unsafe.Add(ref m, c4);
                if (!left)
                {
                    v = V.Load(ref Unsafe.Add(ref m, -c));
                    a0 = V.MultiplyAdd(v, w0, a0);
                }

                v = V.Load(ref m);
                a0 = V.MultiplyAdd(v, w1, a0);
                v = V.Load(ref Unsafe.Add(ref m, c));
                a0 = V.MultiplyAdd(v, w2, a0);
                a1 = V.MultiplyAdd(v, w0, a1);
                v = V.Load(ref Unsafe.Add(ref m, c2));
                a1 = V.MultiplyAdd(v, w1, a1);
                v = V.Load(ref Unsafe.Add(ref m, c3));
                a1 = V.MultiplyAdd(v, w2, a1);
                a2 = V.MultiplyAdd(v, w0, a2);
                v = V.Load(ref m4);
                a2 = V.MultiplyAdd(v, w1, a2);
                v = V.Load(ref Unsafe.Add(ref m4, c));
                a2 = V.MultiplyAdd(v, w2, a2);
                a3 = V.MultiplyAdd(v, w0, a3);
                v = V.Load(ref Unsafe.Add(ref m4, c2));
                a3 = V.MultiplyAdd(v, w1, a3);
                if (!right)
                {
                    v = V.Load(ref Unsafe.Add(ref m4, c3));
                    a3 = V.MultiplyAdd(v, w2, a3);
                }

                w = ref Unsafe.Add(ref w, c3);
                m = ref Unsafe.Add(ref m, row);
            }

            if (loop.Relu)
            {
                a0 = V.Rectify(a0);
                a1 = V.Rectify(a1);
                a2 = V.Rectify(a2);
                a3 = V.Rectify(a3);
            }

            a0.Store(ref y);
            a1.Store(ref Unsafe.Add(ref y, o));
            a2.Store(ref Unsafe.Add(ref y, 2 * o));
            a3.Store(ref Unsafe.Add(ref y, 3 * o));
            y = ref Unsafe.Add(ref y, 4 * o);
            x = ref Unsafe.Add(ref x, 2 * c4);
            left = false;
        }
    }
}
