using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <content>Tiles of 2 outputs.</content>
internal static partial class WinogradTransform<V>
{
    /// <summary>The transforms of F(2, 3).</summary>
    public static class Two
    {
        /// <summary>Bᵀ, of inputs: 4 0 −4 0; 0 −3 −3 0; 0 3 −3 0; 0 −1 0 1.</summary>
        public readonly struct OfInputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 4;

            /// <inheritdoc/>
            public static int Outputs => 4;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V d1 = Load(from, 1), d2 = Load(from, 2);
                Store(Times(4f, Load(from, 0) - d2), to, 0);
                StorePair(Times(-3f, d2), Times(-3f, d1), to, 1);
                Store(Load(from, 3) - d1, to, 3);
            }
        }

        /// <summary>Aᵀ, of outputs: 1 1 1 0; 0 1 −1 1.</summary>
        public readonly struct OfOutputs : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 4;

            /// <inheritdoc/>
            public static int Outputs => 2;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V m1 = Load(from, 1), m2 = Load(from, 2);
                Store(Load(from, 0) + (m1 + m2), to, 0);
                Store(m1 - m2 + Load(from, 3), to, 1);
            }
        }

        /// <summary>A, of the gradient of outputs: the transpose of <see cref="OfOutputs"/>.</summary>
        public readonly struct OfSlopes : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 2;

            /// <inheritdoc/>
            public static int Outputs => 4;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V y0 = Load(from, 0), y1 = Load(from, 1);
                Store(y0, to, 0);
                StorePair(y0, y1, to, 1);
                Store(y1, to, 3);
            }
        }
    }
}
