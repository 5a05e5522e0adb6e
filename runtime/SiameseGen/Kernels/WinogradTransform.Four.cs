using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <content>Tiles of 4 outputs.</content>
internal static partial class WinogradTransform<V>
{
    /// <summary>The transforms of F(4, 3).</summary>
    public static class Four
    {
        /// <summary>Bᵀ, of inputs: 4 0 −5 0 1 0; 0 −4 −4 1 1 0; 0 4 −4 −1 1 0; 0 4 0 −5 0 1; 0 −2 −1 2 1 0; 0 2 −1 −2 1 0.</summary>
        public readonly struct OfInputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 6;

            /// <inheritdoc/>
            public static int Outputs => 6;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V d1 = Load(from, 1), d2 = Load(from, 2), d3 = Load(from, 3), d4 = Load(from, 4);
                Store(Times(4f, Load(from, 0), Times(-5f, d2, d4)), to, 0);
                StorePair(Times(-4f, d2, d4), Times(-4f, d1, d3), to, 1);
                Store(Times(4f, d1, Times(-5f, d3, Load(from, 5))), to, 3);
                StorePair(d4 - d2, Times(2f, d3 - d1), to, 4);
            }
        }

        /// <summary>Aᵀ, of outputs: 1 1 1 0 1 1; 0 1 −1 0 2 −2; 0 1 1 0 4 4; 0 1 −1 1 8 −8.</summary>
        public readonly struct OfOutputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 6;

            /// <inheritdoc/>
            public static int Outputs => 4;

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
                Store(Load(from, 0) + even + evenOfTwo, to, 0);
                Store(Times(2f, oddOfTwo, odd), to, 1);
                Store(Times(4f, evenOfTwo, even), to, 2);
                Store(Times(8f, oddOfTwo, odd) + Load(from, 3), to, 3);
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
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V y0 = Load(from, 0), y1 = Load(from, 1), y2 = Load(from, 2), y3 = Load(from, 3);
                Store(y0, to, 0);
                StorePair(y0 + y2, y1 + y3, to, 1);
                Store(y3, to, 3);
                StorePair(Times(4f, y2, y0), Times(2f, Times(4f, y3, y1)), to, 4);
            }
        }
    }
}
