namespace SiameseGen.Compiler.Layers;

/// <summary>Reads an image as a vector; the values stay where they are. A vector stays as it is.</summary>
internal sealed class Flatten() : LayerKind("Flatten")
{
    public override Layer? Resolve(LayerSite site)
    {
        if (site.Arriving is not { } shape)
            return null;
        var vector = Shape.Vector(shape.Length);
        return site.Make(vector, shape.IsImage ? $"flatten -> {vector}" : "", Lowering.Alias) with { Operation = new Operation.Reshape() };
    }
}
