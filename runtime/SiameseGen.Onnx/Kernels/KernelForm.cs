namespace SiameseGen.Onnx.Kernels;

/// <summary>
/// What a kernel of the runtime is in ONNX's operators. A file with a class derived from this, and a line in <see cref="KernelCatalogue"/>, is all that a new one takes.
/// </summary>
/// <param name="kernels">The classes in <c>SiameseGen.Kernels</c>: several where they are ways to compute the same.</param>
internal abstract class KernelForm(params string[] kernels)
{
    /// <summary>The classes in <c>SiameseGen.Kernels</c>.</summary>
    public IReadOnlyList<string> Kernels { get; } = kernels;

    /// <summary>Adds the operators.</summary>
    /// <param name="call">What the kernel reads.</param>
    /// <returns>The name of what it makes.</returns>
    public abstract string Write(KernelCall call);
}
