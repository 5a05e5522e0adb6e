namespace SiameseGen.Kernels;

/// <summary>What is transformed of images: the patches that tiles of outputs read, or these tiles of the outputs' gradient.</summary>
internal interface IWinogradPatches
{
    /// <summary>Rows and columns that a patch has beyond its tile.</summary>
    static abstract int Border { get; }

    /// <summary>Transforms as many adjacent channels as a vector has.</summary>
    /// <typeparam name="V">The vectors.</typeparam>
    /// <param name="patch">The patch, from the first of these channels on.</param>
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="columns">Columns of the tile.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="half">Scratch: columns that are transformed already.</param>
    static abstract void Transform<V>(scoped in WinogradPatch patch, int rows, int columns, scoped in WinogradPositions target, ref float half)
        where V : struct, IFloats<V>;
}
