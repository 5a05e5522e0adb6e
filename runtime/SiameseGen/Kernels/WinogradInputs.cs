using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>The transform of inputs: a patch d becomes Bᵀ d B (<see cref="WinogradTransform{V}"/>).</summary>
internal static class WinogradInputs
{
    /// <summary>Transforms a few images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="images">The images, one after another.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="inputs">Receives the matrices of all positions, tiles × channels.</param>
    public static void Transform(in WinogradGeometry geometry, ReadOnlySpan<float> images, int count, Span<float> inputs) =>
        WinogradPatches<Patches>.Transform(
            geometry, images, new ImageSize(geometry.Height, geometry.ImageWidth, geometry.Channels), -geometry.Top, -geometry.Left, geometry.Channels, count, inputs,
            geometry.PaddedChannels, geometry.InputPitch);

    private readonly struct Patches : IWinogradPatches
    {
        public static int Border => WinogradTiling.Border;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Transform<V>(scoped in WinogradPatch patch, int rows, int columns, scoped in WinogradPositions target, ref float half)
            where V : struct, IFloats<V> =>
            WinogradPatchTransform<V, WinogradTransform<V>.Two.OfInputs, WinogradTransform<V>.Three.OfInputs, WinogradTransform<V>.Four.OfInputs, WinogradTransform<V>.Six.OfInputs>.Transform(
                patch, rows, columns, columns + Border, target, ref half);
    }
}
