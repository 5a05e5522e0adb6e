namespace SiameseGen.Compiler.Layers;

/// <summary>What the layers have in common that multiply every value by a constant and add another.</summary>
internal static class Preprocessing
{
    private static readonly Operand Scale = Operand.Constant("Scale");
    private static readonly Operand Offset = Operand.Constant("Offset");

    private static readonly Lowering Lowering = new()
    {
        Kernel = "Affine",
        Forward = [Operand.Length, Scale, Offset, Operand.Input, Operand.Output],
        Backward = [Operand.Length, Scale, Operand.OutputGradient, Operand.InputGradient],
        Infer = [Operand.Length, Scale, Offset, Operand.Input, Operand.Output],
        ForwardInPlace = true,
        BackwardReplaces = OperandKind.OutputGradient,
    };

    /// <summary>Reads a number that may be any finite one.</summary>
    /// <param name="site">Where the layer stands.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="otherwise">The default.</param>
    public static float? Finite(LayerSite site, string argument, float otherwise = 0f) =>
        site.Problems.Value(site.Attribute, argument, otherwise, "any finite number", value => !float.IsInfinity(value));

    /// <summary>Makes the layer.</summary>
    /// <param name="site">Where it stands.</param>
    /// <param name="scale">The factor; null when it is wrong.</param>
    /// <param name="offset">What is added; null when it is wrong.</param>
    /// <returns>The layer; null when nothing is known to arrive or a number is wrong.</returns>
    public static Layer? Make(LayerSite site, float? scale, float? offset)
    {
        site.Leaving = site.Arriving;
        if (scale is null || offset is null || site.Arriving is not { } shape)
            return null;
        return site.Make(shape, $"affine {Text.Number(scale.Value)} {Text.Number(offset.Value)}", Lowering) with
        {
            Constants = [Constant.Int("Length", shape.Length), Constant.Float(Scale.Name, scale.Value), Constant.Float(Offset.Name, offset.Value)],
            Operation = new Operation.Affine(scale.Value, offset.Value),
        };
    }
}
