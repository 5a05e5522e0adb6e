using SiameseGen.Compiler.Emission;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Losses;

/// <summary>A struct of the user's. What it is called in <c>EncoderInfo</c>'s terms is known at run time only.</summary>
internal sealed class OwnLoss() : LossKind("Loss")
{
    public override string Type => "global::SiameseGen.Losses.EmbeddingLoss";

    public override Loss? Resolve(AttributeModel attribute, ProblemList problems)
    {
        string type = attribute.TypeName ?? throw new InvalidOperationException("[Loss] names no type.");
        return new Loss(Type, $"new global::SiameseGen.Losses.CustomLoss<{type}>()", $"{GeneratedNames.Network}.Loss.Distance", $"<c>{type.Replace("global::", "")}</c>");
    }
}
