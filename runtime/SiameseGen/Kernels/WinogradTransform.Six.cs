using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <content>Tiles of 6 outputs.</content>
internal static partial class WinogradTransform<V>
{
    /// <summary>The transforms of F(6, 3).</summary>
    public static class Six
    {
        /// <summary>
        /// Bᵀ, of inputs: 4 0 −21 0 21 0 −4 0; then 4/3 times 0 1 1 −4¼ −4¼ 1 1 0; 0 −1 1 4¼ −4¼ −1 1 0; then 0 −1 0 5¼ 0 −5¼ 0 1; then 4/15 times
        /// 0 ½ ¼ −2½ −1¼ 2 1 0; 0 −½ ¼ 2½ −1¼ −2 1 0; then 0 2 4 −2½ −5 ½ 1 0; 0 −2 4 2½ −5 −½ 1 0.
        /// </summary>
        public readonly struct OfInputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 8;

            /// <inheritdoc/>
            public static int Outputs => 8;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V d0 = Load(from, 0), d1 = Load(from, 1), d2 = Load(from, 2), d3 = Load(from, 3);
                V d4 = Load(from, 4), d5 = Load(from, 5), d6 = Load(from, 6), d7 = Load(from, 7);
                Store(Times(21f, d4 - d2, Times(4f, d0 - d6)), to, 0);
                StorePair(Times(-17f / 3f, d4, Times(4f / 3f, d2 + d6)), Times(-17f / 3f, d3, Times(4f / 3f, d1 + d5)), to, 1);
                Store(Times(5.25f, d3 - d5, d7 - d1), to, 3);
                StorePair(
                    Times(4f / 15f, Times(0.25f, d2, Times(-1.25f, d4, d6))), Times(4f / 15f, Times(0.5f, d1, Times(-2.5f, d3, d5 + d5))), to, 4);
                StorePair(Times(4f, d2, Times(-5f, d4, d6)), Times(0.5f, d5, Times(-2.5f, d3, d1 + d1)), to, 6);
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
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V m1 = Load(from, 1), m2 = Load(from, 2), even = m1 + m2, odd = m1 - m2;
                m1 = Load(from, 4);
                m2 = Load(from, 5);
                V evenOfTwo = m1 + m2, oddOfTwo = m1 - m2;
                m1 = Load(from, 6);
                m2 = Load(from, 7);
                V evenOfHalf = m1 + m2, oddOfHalf = m1 - m2;
                Store(Load(from, 0) + even + (evenOfTwo + evenOfHalf), to, 0);
                Store(Times(2f, oddOfTwo, Times(0.5f, oddOfHalf, odd)), to, 1);
                Store(Times(4f, evenOfTwo, Times(0.25f, evenOfHalf, even)), to, 2);
                Store(Times(8f, oddOfTwo, Times(0.125f, oddOfHalf, odd)), to, 3);
                Store(Times(16f, evenOfTwo, Times(0.0625f, evenOfHalf, even)), to, 4);
                Store(Times(32f, oddOfTwo, Times(0.03125f, oddOfHalf, odd)) + Load(from, 3), to, 5);
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
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V y0 = Load(from, 0), y1 = Load(from, 1), y2 = Load(from, 2), y3 = Load(from, 3), y4 = Load(from, 4), y5 = Load(from, 5);
                Store(y0, to, 0);
                StorePair(y0 + y2 + y4, y1 + y3 + y5, to, 1);
                Store(y5, to, 3);
                StorePair(Times(16f, y4, Times(4f, y2, y0)), Times(32f, y5, Times(8f, y3, y1 + y1)), to, 4);
                StorePair(Times(0.0625f, y4, Times(0.25f, y2, y0)), Times(0.03125f, y5, Times(0.125f, y3, Times(0.5f, y1))), to, 6);
            }
        }
    }
}
