namespace SiameseGen;

/// <summary>Marks a partial class as an encoder: the network that every branch of a Siamese network shares.</summary>
/// <remarks>
/// The other attributes of the class declare the network in the order in which they are written: one input (<see cref="ImageAttribute"/>
/// or <see cref="FeaturesAttribute"/>), then the layers, and a loss (<see cref="ContrastiveLossAttribute"/> or
/// <see cref="TripletLossAttribute"/>) if the encoder is to be trained. All of them stand on one declaration of the class, because C#
/// does not define the order of attributes over several. The output of the last layer, a vector, is the embedding.
/// <code>
/// [Encoder]
/// [Image(28, 28)]
/// [Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
/// [Flatten, Dense(64), L2Normalize]
/// [TripletLoss(Margin = 0.2f)]
/// public partial class GlyphEncoder;
/// </code>
/// The class is not generic, static or abstract, and every type around it is partial. "Siamese" networks of this kind go back to Bromley,
/// Guyon, LeCun, Säckinger and Shah, "Signature Verification using a 'Siamese' Time Delay Neural Network", 1993.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class EncoderAttribute : Attribute
{
    /// <summary>Most parameters that training may update; an encoder with more does not compile. Not set, any number.</summary>
    public int MaxParameters { get; set; } = int.MaxValue;

    /// <summary>Most multiply-adds that one embedding may take, by the layers' plain count; an encoder with more does not compile. Not set, any number.</summary>
    public long MaxMultiplyAdds { get; set; } = long.MaxValue;

    /// <summary>
    /// Most bytes of working memory that one embedding may take, activations and scratch without weights; an encoder with more does not compile. Not set, any
    /// number.
    /// </summary>
    public long MaxWorkspaceBytes { get; set; } = long.MaxValue;
}
