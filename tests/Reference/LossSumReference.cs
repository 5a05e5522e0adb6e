namespace SiameseGen.Reference;

/// <summary>A weighted sum of losses.</summary>
public sealed class LossSumReference(params (LossReference Loss, double Weight)[] parts) : LossReference
{
    /// <summary>The gradient of the last loss with respect to what the parts learn.</summary>
    public double[] ProxyGradient =>
        parts.Where(part => part.Loss is ClassLossReference { ProxyGradient.Length: > 0, Learns: true }).Select(part => ((ClassLossReference)part.Loss).ProxyGradient.Select(slope => part.Weight * slope))
            .Aggregate((a, b) => a.Zip(b, (x, y) => x + y)).ToArray();

    public override double Value(double[][] embeddings) => parts.Sum(part => part.Weight * part.Loss.Value(embeddings));

    public override double[] Gradient(double[] embeddings, int length) =>
        parts.Select(part => part.Loss.Gradient(embeddings, length).Select(slope => part.Weight * slope)).Aggregate((a, b) => a.Zip(b, (x, y) => x + y)).ToArray();
}
