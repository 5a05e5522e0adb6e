namespace SiameseGen.Kernels;

/// <summary>A transform of a column or a row of vectors: a matrix times them.</summary>
internal interface IWinogradTransform
{
    /// <summary>Vectors that it takes.</summary>
    static abstract int Inputs { get; }

    /// <summary>Vectors that it makes.</summary>
    static abstract int Outputs { get; }

    /// <summary>Transforms.</summary>
    /// <param name="from">The first vector.</param>
    /// <param name="step">Floats from vector to vector.</param>
    /// <param name="to">Where the first one goes.</param>
    /// <param name="toStep">Floats from vector to vector there.</param>
    static abstract void Apply(ref float from, nint step, ref float to, nint toStep);
}
