namespace SiameseGen;

/// <summary>Preprocessing: y = scale · x + offset.</summary>
/// <remarks>
/// The shape stays; no parameters. A part of the model, so that training and whatever ships cannot disagree about it. As Keras's <c>Rescaling</c>. Bytes arrive as
/// x = byte / 255.
/// </remarks>
/// <param name="scale">The factor, finite and not 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RescaleAttribute(float scale) : LayerAttribute
{
    /// <summary>The factor.</summary>
    public float Scale { get; } = scale;

    /// <summary>What is added, finite.</summary>
    public float Offset { get; set; }
}
