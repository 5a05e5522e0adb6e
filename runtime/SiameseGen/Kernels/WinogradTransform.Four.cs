using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <content>Tiles of 4 × 4.</content>
internal static partial class WinogradTransform<V>
{
    /// <summary>
    /// The transforms of F(4×4, 3×3), with the polynomials' points 0, 1, −1, 2, −2 and infinity
    /// (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016).
    /// </summary>
    public static class Four
    {
        /// <summary>Bᵀ, of inputs: 4 0 −5 0 1 0; 0 −4 −4 1 1 0; 0 4 −4 −1 1 0; 0 −2 −1 2 1 0; 0 2 −1 −2 1 0; 0 4 0 −5 0 1.</summary>
        public readonly struct OfInputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 6;

            /// <inheritdoc/>
            public static int Outputs => 6;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply(ref float from, nint step, ref float to, nint toStep)
            {
                V d1 = Load(ref from, step), d2 = Load(ref from, 2 * step), d3 = Load(ref from, 3 * step), d4 = Load(ref from, 4 * step);
                Store(Times(4f, Load(ref from, 0), Times(-5f, d2, d4)), ref to, 0);
                StorePair(Times(-4f, d2, d4), Times(-4f, d1, d3), ref to, toStep, toStep);
                StorePair(d4 - d2, V.Create(2f) * (d3 - d1), ref to, 3 * toStep, toStep);
                Store(Times(4f, d1, Times(-5f, d3, Load(ref from, 5 * step))), ref to, 5 * toStep);
            }
        }

        /// <summary>Aᵀ, of outputs: 1 1 1 1 1 0; 0 1 −1 2 −2 0; 0 1 1 4 4 0; 0 1 −1 8 −8 1.</summary>
        public readonly struct OfOutputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 6;

            /// <inheritdoc/>
            public static int Outputs => 4;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply(ref float from, nint step, ref float to, nint toStep)
            {
                V m1 = Load(ref from, step), m2 = Load(ref from, 2 * step), even = m1 + m2, odd = m1 - m2;
                m1 = Load(ref from, 3 * step);
                m2 = Load(ref from, 4 * step);
                V evenOfTwo = m1 + m2, oddOfTwo = m1 - m2;
                Store(Load(ref from, 0) + even + evenOfTwo, ref to, 0);
                Store(Times(2f, oddOfTwo, odd), ref to, toStep);
                Store(Times(4f, evenOfTwo, even), ref to, 2 * toStep);
                Store(Times(8f, oddOfTwo, odd) + Load(ref from, 5 * step), ref to, 3 * toStep);
            }
        }

        /// <summary>A, of the gradient of outputs: the transpose of <see cref="OfOutputs"/>.</summary>
        public readonly struct OfSlopes : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 4;

            /// <inheritdoc/>
            public static int Outputs => 6;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply(ref float from, nint step, ref float to, nint toStep)
            {
                V y0 = Load(ref from, 0), y1 = Load(ref from, step), y2 = Load(ref from, 2 * step), y3 = Load(ref from, 3 * step);
                Store(y0, ref to, 0);
                StorePair(y0 + y2, y1 + y3, ref to, toStep, toStep);
                StorePair(Times(4f, y2, y0), V.Create(2f) * Times(4f, y3, y1), ref to, 3 * toStep, toStep);
                Store(y3, ref to, 5 * toStep);
            }
        }

        /// <summary>G, of weights: ¼ 0 0; −⅙ −⅙ −⅙; −⅙ ⅙ −⅙; 1/24 1/12 ⅙; 1/24 −1/12 ⅙; 0 0 1.</summary>
        public readonly struct OfWeights : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 3;

            /// <inheritdoc/>
            public static int Outputs => 6;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply(ref float from, nint step, ref float to, nint toStep)
            {
                V w0 = Load(ref from, 0), w1 = Load(ref from, step), w2 = Load(ref from, 2 * step), sixth = V.Create(1f / 6f), minusSixth = V.Create(-1f / 6f);
                V ends = w0 + w2, quarterEnds = Times(0.25f, w0, w2), half = V.Create(0.5f) * w1;
                Store(V.Create(0.25f) * w0, ref to, 0);
                Store(minusSixth * (ends + w1), ref to, toStep);
                Store(minusSixth * (ends - w1), ref to, 2 * toStep);
                Store(sixth * (quarterEnds + half), ref to, 3 * toStep);
                Store(sixth * (quarterEnds - half), ref to, 4 * toStep);
                Store(w2, ref to, 5 * toStep);
            }
        }

        /// <summary>Gᵀ, of the gradient of transformed weights.</summary>
        public readonly struct OfWeightGradients : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 6;

            /// <inheritdoc/>
            public static int Outputs => 3;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply(ref float from, nint step, ref float to, nint toStep)
            {
                V u1 = Load(ref from, step), u2 = Load(ref from, 2 * step), u3 = Load(ref from, 3 * step), u4 = Load(ref from, 4 * step);
                V sixth = V.Create(1f / 6f), ends = u1 + u2, farEnds = u3 + u4;
                Store(V.MultiplyAdd(sixth, Times(0.25f, farEnds, V.Create(0f) - ends), V.Create(0.25f) * Load(ref from, 0)), ref to, 0);
                Store(sixth * Times(0.5f, u3 - u4, u2 - u1), ref to, toStep);
                Store(V.MultiplyAdd(sixth, farEnds - ends, Load(ref from, 5 * step)), ref to, 2 * toStep);
            }
        }
    }
}
