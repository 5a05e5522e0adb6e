namespace SiameseGen;

/// <summary>Preprocessing: y = (x − mean) / deviation.</summary>
/// <remarks>
/// The shape stays; no parameters. A part of the model, so that training and whatever ships cannot disagree about it. As torchvision's <c>Normalize</c> with one mean
/// for all channels.
/// </remarks>
/// <param name="mean">The mean of the training set's values, finite.</param>
/// <param name="deviation">Their standard deviation, above 0 and finite.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class StandardizeAttribute(float mean, float deviation) : LayerAttribute
{
    /// <summary>The mean of the training set's values.</summary>
    public float Mean { get; } = mean;

    /// <summary>Their standard deviation.</summary>
    public float Deviation { get; } = deviation;
}
