namespace SiameseGen.Compiler.Layers;

/// <summary>What the activations have in common: each value for itself, and a gradient that follows from the output or the input.</summary>
internal static class ElementWise
{
    /// <summary>Makes the layer.</summary>
    /// <param name="site">Where it stands; a shape arrives.</param>
    /// <param name="function">What it computes; the kernel is called as its kind.</param>
    /// <param name="architecture">See <see cref="Layer.Architecture"/>.</param>
    /// <param name="constants">What the kernel takes after the length.</param>
    public static Layer Make(LayerSite site, Operation.Function function, string architecture, params Constant[] constants) =>
        Make(site, function, Operand.Output, architecture, constants);

    /// <summary>Makes the layer.</summary>
    /// <param name="site">Where it stands; a shape arrives.</param>
    /// <param name="function">What it computes; the kernel is called as its kind.</param>
    /// <param name="known">What backward computes the derivative from: the output, or the input, which then must stay.</param>
    /// <param name="architecture">See <see cref="Layer.Architecture"/>.</param>
    /// <param name="constants">What the kernel takes after the length.</param>
    public static Layer Make(LayerSite site, Operation.Function function, Operand known, string architecture, params Constant[] constants)
    {
        Shape shape = site.Arriving!.Value;
        Operand[] leading = [Operand.Length, .. constants.Select(constant => Operand.Constant(constant.Name))];
        var lowering = new Lowering
        {
            Kernel = function.Kind.ToString(),
            Forward = [.. leading, Operand.Input, Operand.Output],
            Backward = [.. leading, known, Operand.OutputGradient, Operand.InputGradient],
            Infer = [.. leading, Operand.Input, Operand.Output],
            ForwardInPlace = true,
            BackwardReplaces = OperandKind.OutputGradient,
        };
        return site.Make(shape, architecture, lowering) with
        {
            Constants = [Constant.Int("Length", shape.Length), .. constants],
            Operation = function,
        };
    }
}
