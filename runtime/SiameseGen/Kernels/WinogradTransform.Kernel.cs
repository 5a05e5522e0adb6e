using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <content>Kernels.</content>
internal static partial class WinogradTransform<V>
{
    /// <summary>The transforms of kernels for tiles of up to 4 outputs.</summary>
    public static class SixPoints
    {
        /// <summary>G, of weights: ¼ 0 0; −⅙ −⅙ −⅙; −⅙ ⅙ −⅙; 0 0 1; 1/24 1/12 ⅙; 1/24 −1/12 ⅙.</summary>
        public readonly struct OfWeights : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 3;

            /// <inheritdoc/>
            public static int Outputs => 6;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                V w0 = Load(from, 0), w1 = Load(from, 1), w2 = Load(from, 2), sixth = V.Create(1f / 6f), minusSixth = V.Create(-1f / 6f);
                V ends = w0 + w2, quarterEnds = Times(0.25f, w0, w2), half = Times(0.5f, w1);
                Store(Times(0.25f, w0), to, 0);
                Store(minusSixth * (ends + w1), to, 1);
                Store(minusSixth * (ends - w1), to, 2);
                Store(w2, to, 3);
                Store(sixth * (quarterEnds + half), to, 4);
                Store(sixth * (quarterEnds - half), to, 5);
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
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                (V first, V second, V third) = Taps(from);
                Store(first, to, 0);
                Store(second, to, 1);
                Store(third, to, 2);
            }
        }

        /// <summary>The gradients of the three taps, as far as they come from these points.</summary>
        /// <typeparam name="TFrom">How the vectors lie.</typeparam>
        /// <param name="from">The gradient of transformed weights.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (V First, V Second, V Third) Taps<TFrom>(scoped in TFrom from)
            where TFrom : struct, IWinogradLine, allows ref struct
        {
            V u1 = Load(from, 1), u2 = Load(from, 2), u4 = Load(from, 4), u5 = Load(from, 5), sixth = V.Create(1f / 6f), ends = u1 + u2, farEnds = u4 + u5;
            return (
                V.MultiplyAdd(sixth, Times(0.25f, farEnds, V.Create(0f) - ends), Times(0.25f, Load(from, 0))), sixth * Times(0.5f, u4 - u5, u2 - u1),
                V.MultiplyAdd(sixth, farEnds - ends, Load(from, 3)));
        }
    }

    /// <summary>The transforms of kernels where there are tiles of 6 outputs as well.</summary>
    public static class EightPoints
    {
        /// <summary>G, of weights: that of <see cref="SixPoints"/>, and 8/45 times 4 2 1; 4 −2 1.</summary>
        public readonly struct OfWeights : IWinogradTransform
        {
            /// <inheritdoc/>
            public static int Inputs => 3;

            /// <inheritdoc/>
            public static int Outputs => 8;

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                SixPoints.OfWeights.Apply(from, to);
                V w0 = Load(from, 0), w1 = Load(from, 1), w2 = Load(from, 2), ofHalf = V.Create(8f / 45f);
                StorePair(ofHalf * Times(4f, w0, w2), ofHalf * (w1 + w1), to, 6);
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
            public static void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
                where TFrom : struct, IWinogradLine, allows ref struct
                where TTo : struct, IWinogradLine, allows ref struct
            {
                (V first, V second, V third) = SixPoints.Taps(from);
                V u6 = Load(from, 6), u7 = Load(from, 7), even = u6 + u7;
                Store(Times(32f / 45f, even, first), to, 0);
                Store(Times(16f / 45f, u6 - u7, second), to, 1);
                Store(Times(8f / 45f, even, third), to, 2);
            }
        }
    }
}
