namespace SiameseGen.Kernels;

/// <summary>A transform of a column or a row of vectors: a matrix times them.</summary>
internal interface IWinogradTransform
{
    /// <summary>Vectors that it takes.</summary>
    static abstract int Inputs { get; }

    /// <summary>Vectors that it makes.</summary>
    static abstract int Outputs { get; }

    /// <summary>Transforms.</summary>
    /// <typeparam name="TFrom">How the vectors lie.</typeparam>
    /// <typeparam name="TTo">How the transformed ones lie.</typeparam>
    /// <param name="from">The vectors.</param>
    /// <param name="to">Where they go.</param>
    static abstract void Apply<TFrom, TTo>(scoped in TFrom from, scoped in TTo to)
        where TFrom : struct, IWinogradLine, allows ref struct
        where TTo : struct, IWinogradLine, allows ref struct;
}
