using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// Sums of a depthwise convolution in registers: several adjacent outputs times eight channels, so that each weight that is loaded is used for all of them.
/// Each output is one chain of fused multiply-adds that starts at the bias and goes over kernel rows and columns, whatever the number of outputs beside it.
/// </summary>
internal static class DepthwiseTiles
{
    /// <summary>Computes adjacent outputs under whose kernel is nothing but image, for eight channels.</summary>
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
            Vector256<float> a0 = Vector256.LoadUnsafe(ref bias), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
            ref float w = ref weights;
            ref float x0 = ref x;
            for (int row = rows; row > 0; row--)
            {
                for (int column = columns; column > 0; column--)
                {
                    Vector256<float> tap = Vector256.LoadUnsafe(ref w);
                    ref float x4 = ref Unsafe.Add(ref x0, 4 * step);
                    a0 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x0), tap, a0);
                    a1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x0, step)), tap, a1);
                    a2 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x0, 2 * step)), tap, a2);
                    a3 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x0, 3 * step)), tap, a3);
                    a4 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x4), tap, a4);
                    a5 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x4, step)), tap, a5);
                    a6 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x4, 2 * step)), tap, a6);
                    a7 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x4, 3 * step)), tap, a7);
                    w = ref Unsafe.Add(ref w, channels);
                    x0 = ref Unsafe.Add(ref x0, channels);
                }

                x0 = ref Unsafe.Add(ref x0, rest);
            }

            if (loop.Relu)
            {
                a0 = ReLU.Of(a0);
                a1 = ReLU.Of(a1);
                a2 = ReLU.Of(a2);
                a3 = ReLU.Of(a3);
                a4 = ReLU.Of(a4);
                a5 = ReLU.Of(a5);
                a6 = ReLU.Of(a6);
                a7 = ReLU.Of(a7);
            }

            a0.StoreUnsafe(ref y);
            a1.StoreUnsafe(ref Unsafe.Add(ref y, outputStep));
            a2.StoreUnsafe(ref Unsafe.Add(ref y, 2 * outputStep));
            a3.StoreUnsafe(ref Unsafe.Add(ref y, 3 * outputStep));
            y = ref Unsafe.Add(ref y, 4 * outputStep);
            a4.StoreUnsafe(ref y);
            a5.StoreUnsafe(ref Unsafe.Add(ref y, outputStep));
            a6.StoreUnsafe(ref Unsafe.Add(ref y, 2 * outputStep));
            a7.StoreUnsafe(ref Unsafe.Add(ref y, 3 * outputStep));
            y = ref Unsafe.Add(ref y, 4 * outputStep);
            x = ref Unsafe.Add(ref x, 8 * step);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Four(in DepthwiseLoop loop, ref float x, ref float weights, ref float bias, ref float y)
    {
        nint step = loop.InputColumn, channels = loop.Channels, rest = loop.InputRow - (loop.Columns * channels), outputStep = loop.OutputColumn;
        Vector256<float> a0 = Vector256.LoadUnsafe(ref bias), a1 = a0, a2 = a0, a3 = a0;
        for (int row = loop.Rows; row > 0; row--)
        {
            for (int column = loop.Columns; column > 0; column--)
            {
                Vector256<float> tap = Vector256.LoadUnsafe(ref weights);
                a0 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x), tap, a0);
                a1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x, step)), tap, a1);
                a2 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 2 * step)), tap, a2);
                a3 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 3 * step)), tap, a3);
                weights = ref Unsafe.Add(ref weights, channels);
                x = ref Unsafe.Add(ref x, channels);
            }

            x = ref Unsafe.Add(ref x, rest);
        }

        if (loop.Relu)
        {
            a0 = ReLU.Of(a0);
            a1 = ReLU.Of(a1);
            a2 = ReLU.Of(a2);
            a3 = ReLU.Of(a3);
        }

        a0.StoreUnsafe(ref y);
        a1.StoreUnsafe(ref Unsafe.Add(ref y, outputStep));
        a2.StoreUnsafe(ref Unsafe.Add(ref y, 2 * outputStep));
        a3.StoreUnsafe(ref Unsafe.Add(ref y, 3 * outputStep));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void One(in DepthwiseLoop loop, ref float x, ref float weights, ref float bias, ref float y)
    {
        nint channels = loop.Channels, rest = loop.InputRow - (loop.Columns * channels);
        Vector256<float> sum = Vector256.LoadUnsafe(ref bias);
        for (int row = loop.Rows; row > 0; row--)
        {
            for (int column = loop.Columns; column > 0; column--)
            {
                sum = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x), Vector256.LoadUnsafe(ref weights), sum);
                weights = ref Unsafe.Add(ref weights, channels);
                x = ref Unsafe.Add(ref x, channels);
            }

            x = ref Unsafe.Add(ref x, rest);
        }

        (loop.Relu ? ReLU.Of(sum) : sum).StoreUnsafe(ref y);
    }
}

/// <summary>What a tile of a depthwise convolution goes through.</summary>
/// <param name="Rows">Rows of the kernel that lie in the image.</param>
/// <param name="Columns">Columns of the kernel.</param>
/// <param name="Channels">Floats from one tap to the next.</param>
/// <param name="InputRow">Floats from one input row to the next.</param>
/// <param name="InputColumn">Floats from the input under one output to that under the next.</param>
/// <param name="OutputColumn">Floats from one output to the next.</param>
/// <param name="Relu">Whether a rectifier follows.</param>
internal readonly record struct DepthwiseLoop(int Rows, int Columns, int Channels, int InputRow, int InputColumn, int OutputColumn, bool Relu)
{
    /// <summary>The input under an output, from that under the first one.</summary>
    public ref float Input(ref float first, int output) => ref Unsafe.Add(ref first, output * InputColumn);

    /// <summary>An output, from the first one.</summary>
    public ref float Output(ref float first, int output) => ref Unsafe.Add(ref first, output * OutputColumn);
}
