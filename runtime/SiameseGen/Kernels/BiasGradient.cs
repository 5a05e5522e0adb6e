using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The gradient of biases: for each filter the sum of the output's gradient over all pixels, in order.</summary>
internal static class BiasGradient
{
    /// <summary>Adds the sums.</summary>
    /// <param name="slopes">The gradient of the output, pixels × filters.</param>
    /// <param name="sums">Memory for a float a filter.</param>
    /// <param name="gradient">The gradient of the biases, added to.</param>
    public static void Add(ReadOnlySpan<float> slopes, Span<float> sums, Span<float> gradient)
    {
        sums.Clear();
        for (int pixel = 0; pixel < slopes.Length; pixel += sums.Length)
            Elements.Map(default(Sum), sums, slopes.Slice(pixel, sums.Length), sums);
        Elements.Map(default(Sum), gradient, sums, gradient);
    }

    private readonly struct Sum : IBinaryRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => a + b;
    }
}
