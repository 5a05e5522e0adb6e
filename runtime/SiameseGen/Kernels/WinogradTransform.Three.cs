using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <content>Tiles of 3 outputs.</content>
internal static partial class WinogradTransform<V>
{
    /// <summary>The transforms of F(3, 3).</summary>
    public static class Three
    {
        /// <summary>Bᵀ, of inputs: 4 −2 −4 2 0; 0 −6 −3 3 0; 0 2 −3 1 0; 0 2 −1 −2 1; 0 −4 0 4 0.</summary>
        public readonly struct OfInputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 5;

            /// <inheritdoc/>
            public static int Outputs => 5;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V d1 = Load(from, 1), d2 = Load(from, 2), d3 = Load(from, 3), d31 = d3 - d1, minusThreeOf2 = Times(-3f, d2);
                Store(Times(4f, Load(from, 0) - d2, Times(2f, d31)), to, 0);
                Store(Times(3f, d3, Times(-6f, d1, minusThreeOf2)), to, 1);
                Store(Times(2f, d1, d3 + minusThreeOf2), to, 2);
                Store(Times(-2f, d31, Load(from, 4) - d2), to, 3);
                Store(Times(4f, d31), to, 4);
            }
        }

        /// <summary>Aᵀ, of outputs: 1 1 1 0 1; 0 1 −1 0 2; 0 1 1 1 4.</summary>
        public readonly struct OfOutputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 5;

            /// <inheritdoc/>
            public static int Outputs => 3;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V m1 = Load(from, 1), m2 = Load(from, 2), even = m1 + m2, odd = m1 - m2, ofTwo = Load(from, 4);
                Store(Load(from, 0) + even + ofTwo, to, 0);
                Store(Times(2f, ofTwo, odd), to, 1);
                Store(Times(4f, ofTwo, even) + Load(from, 3), to, 2);
            }
        }

        /// <summary>A, of the gradient of outputs: the transpose of <see cref="OfOutputs"/>.</summary>
        public readonly struct OfSlopes : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 3;

            /// <inheritdoc/>
            public static int Outputs => 5;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V y0 = Load(from, 0), y1 = Load(from, 1), y2 = Load(from, 2);
                Store(y0, to, 0);
                StorePair(y0 + y2, y1, to, 1);
                Store(y2, to, 3);
                Store(Times(4f, y2, Times(2f, y1, y0)), to, 4);
            }
        }
    }
}
