using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <content>Tiles of 6 × 6.</content>
internal static partial class WinogradTransform<V>
{
    /// <summary>
    /// The transforms of F(6×6, 3×3), with the polynomials' points 0, 1, −1, 2, −2, ½, −½ and infinity (Winograd, "Arithmetic Complexity of Computations",
    /// 1980; Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016).
    /// </summary>
    public static class Six
    {
        /// <summary>
        /// Bᵀ, of inputs:
        /// 1 0 −5¼ 0 5¼ 0 −1 0; 0 1 1 −4¼ −4¼ 1 1 0; 0 −1 1 4¼ −4¼ −1 1 0; 0 ½ ¼ −2½ −1¼ 2 1 0; 0 −½ ¼ 2½ −1¼ −2 1 0; 0 2 4 −2½ −5 ½ 1 0;
        /// 0 −2 4 2½ −5 −½ 1 0; 0 −1 0 5¼ 0 −5¼ 0 1.
        /// </summary>
        public readonly struct OfInputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 8;

            /// <inheritdoc/>
            public static int Outputs => 8;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply(ref float from, nint step, ref float to, nint toStep)
            {
                V d0 = Load(ref from, 0), d1 = Load(ref from, step), d2 = Load(ref from, 2 * step), d3 = Load(ref from, 3 * step);
                V d4 = Load(ref from, 4 * step), d5 = Load(ref from, 5 * step), d6 = Load(ref from, 6 * step), d7 = Load(ref from, 7 * step);
                Store(Times(5.25f, d4 - d2, d0 - d6), ref to, 0);
                StorePair(Times(-4.25f, d4, d2 + d6), Times(-4.25f, d3, d1 + d5), ref to, toStep, toStep);
                StorePair(
                    Times(0.25f, d2, Times(-1.25f, d4, d6)), Times(0.5f, d1, Times(-2.5f, d3, d5 + d5)), ref to, 3 * toStep, toStep);
                StorePair(
                    Times(4f, d2, Times(-5f, d4, d6)), Times(0.5f, d5, Times(-2.5f, d3, d1 + d1)), ref to, 5 * toStep, toStep);
                Store(Times(5.25f, d3 - d5, d7 - d1), ref to, 7 * toStep);
            }
        }

        /// <summary>Aᵀ, of outputs: row i has the points to the power of i, and the last one a 1 for infinity.</summary>
        public readonly struct OfOutputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 8;

            /// <inheritdoc/>
            public static int Outputs => 6;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply(ref float from, nint step, ref float to, nint toStep)
            {
                V m1 = Load(ref from, step), m2 = Load(ref from, 2 * step), even = m1 + m2, odd = m1 - m2;
                m1 = Load(ref from, 3 * step);
                m2 = Load(ref from, 4 * step);
                V evenOfTwo = m1 + m2, oddOfTwo = m1 - m2;
                m1 = Load(ref from, 5 * step);
                m2 = Load(ref from, 6 * step);
                V evenOfHalf = m1 + m2, oddOfHalf = m1 - m2;
                Store(Load(ref from, 0) + even + (evenOfTwo + evenOfHalf), ref to, 0);
                Store(Times(2f, oddOfTwo, Times(0.5f, oddOfHalf, odd)), ref to, toStep);
                Store(Times(4f, evenOfTwo, Times(0.25f, evenOfHalf, even)), ref to, 2 * toStep);
                Store(Times(8f, oddOfTwo, Times(0.125f, oddOfHalf, odd)), ref to, 3 * toStep);
                Store(Times(16f, evenOfTwo, Times(0.0625f, evenOfHalf, even)), ref to, 4 * toStep);
                Store(Times(32f, oddOfTwo, Times(0.03125f, oddOfHalf, odd)) + Load(ref from, 7 * step), ref to, 5 * toStep);
            }
        }

        /// <summary>A, of the gradient of outputs: the transpose of <see cref="OfOutputs"/>.</summary>
        public readonly struct OfSlopes : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 6;

            /// <inheritdoc/>
            public static int Outputs => 8;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply(ref float from, nint step, ref float to, nint toStep)
            {
                V y0 = Load(ref from, 0), y1 = Load(ref from, step), y2 = Load(ref from, 2 * step), y3 = Load(ref from, 3 * step);
                V y4 = Load(ref from, 4 * step), y5 = Load(ref from, 5 * step), half = V.Create(0.5f);
                Store(y0, ref to, 0);
                StorePair(y0 + y2 + y4, y1 + y3 + y5, ref to, toStep, toStep);
                StorePair(Times(16f, y4, Times(4f, y2, y0)), Times(32f, y5, Times(8f, y3, y1 + y1)), ref to, 3 * toStep, toStep);
                StorePair(Times(0.0625f, y4, Times(0.25f, y2, y0)), Times(0.03125f, y5, Times(0.125f, y3, half * y1)), ref to, 5 * toStep, toStep);
                Store(y5, ref to, 7 * toStep);
            }
        }

        /// <summary>G, of weights: the points to the powers of 0, 1 and 2, divided by the products of their differences, and 0 0 1 for infinity.</summary>
        public readonly struct OfWeights : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 3;

            /// <inheritdoc/>
            public static int Outputs => 8;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply(ref float from, nint step, ref float to, nint toStep)
            {
                V w0 = Load(ref from, 0), w1 = Load(ref from, step), w2 = Load(ref from, 2 * step);
                V one = V.Create(-2f / 9f), two = V.Create(1f / 90f), half = V.Create(8f / 45f);
                Store(w0, ref to, 0);
                StorePair(one * (w0 + w2), one * w1, ref to, toStep, toStep);
                StorePair(two * Times(4f, w2, w0), two * (w1 + w1), ref to, 3 * toStep, toStep);
                StorePair(half * Times(4f, w0, w2), half * (w1 + w1), ref to, 5 * toStep, toStep);
                Store(w2, ref to, 7 * toStep);
            }
        }

        /// <summary>Gᵀ, of the gradient of transformed weights.</summary>
        public readonly struct OfWeightGradients : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 8;

            /// <inheritdoc/>
            public static int Outputs => 3;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply(ref float from, nint step, ref float to, nint toStep)
            {
                V u1 = Load(ref from, step), u2 = Load(ref from, 2 * step), even = u1 + u2, odd = u1 - u2;
                u1 = Load(ref from, 3 * step);
                u2 = Load(ref from, 4 * step);
                V evenOfTwo = u1 + u2, oddOfTwo = u1 - u2;
                u1 = Load(ref from, 5 * step);
                u2 = Load(ref from, 6 * step);
                V evenOfHalf = u1 + u2, oddOfHalf = u1 - u2, one = V.Create(-2f / 9f) * even;
                Store(Times(32f / 45f, evenOfHalf, Times(1f / 90f, evenOfTwo, one)) + Load(ref from, 0), ref to, 0);
                Store(Times(16f / 45f, oddOfHalf, Times(1f / 45f, oddOfTwo, V.Create(-2f / 9f) * odd)), ref to, toStep);
                Store(Times(8f / 45f, evenOfHalf, Times(2f / 45f, evenOfTwo, one)) + Load(ref from, 7 * step), ref to, 2 * toStep);
            }
        }
    }
}
