namespace SiameseGen.Training;

/// <summary>
/// Quantisation-aware training: forward passes see weights and activations rounded to the 8-bit codes that would ship, gradients pass the rounding straight through, and the optimizer updates the weights as they are in full.
/// <c>EncoderExport.Simulate</c> of SiameseGen.Export makes one, for <see cref="TrainingOptions.Quantization"/>.
/// </summary>
/// <remarks>
/// <para>
/// Weights: each filter has its own scale, its largest magnitude divided by 127, of the weights of the step at hand. Folding a batch normalisation multiplies all of a filter's weights by one number, so these are the codes that the exporter finds.
/// Activations: each tensor that ships as codes has a scale and a zero from its values on calibration examples, found anew at the beginning of each epoch (Jacob et al., "Quantization and Training of Neural Networks for Efficient
/// Integer-Arithmetic-Only Inference", 2018).
/// </para>
/// <para>
/// Gradients: rounding counts as the identity (the straight-through estimator: Bengio et al., "Estimating or Propagating Gradients Through Stochastic Neurons for Conditional Computation", 2013), and where an activation was clipped to the ends
/// of its range the gradient is 0 (Nagel et al., "A White Paper on Neural Network Quantization", 2021), except at what a sum of branches reads and gives, whose gradient several layers share. A layer whose slope follows from its result, such as a rectifier
/// without batch normalisation, takes it at the rounded result.
/// </para>
/// </remarks>
public sealed class SimulatedQuantization
{
    internal SimulatedQuantization(string fingerprint, IReadOnlyList<QuantizedTensor> weights, IReadOnlyList<int> lengths, Func<float[], CancellationToken, ActivationCodes[]> measure)
    {
        Fingerprint = fingerprint;
        Weights = weights;
        Lengths = lengths;
        Measure = measure;
    }

    /// <summary>Of the encoder that it is for.</summary>
    internal string Fingerprint { get; }

    /// <summary>The tensors whose values ship as codes.</summary>
    internal IReadOnlyList<QuantizedTensor> Weights { get; }

    /// <summary>Floats an item of each activation that ships as codes: the input first, then in the order in which generated code names them.</summary>
    internal IReadOnlyList<int> Lengths { get; }

    /// <summary>Finds the codes of each, from all weights and running statistics.</summary>
    internal Func<float[], CancellationToken, ActivationCodes[]> Measure { get; }
}

/// <summary>A tensor of weights that ships as codes, with a scale for each filter: element k of a filter is at k · <paramref name="Filters"/> + filter.</summary>
/// <param name="Offset">Its first float.</param>
/// <param name="Depth">Weights of a filter.</param>
/// <param name="Filters">Filters.</param>
internal readonly record struct QuantizedTensor(int Offset, int Depth, int Filters);

/// <summary>What 8-bit codes of an activation stand for: scale · (code − zero).</summary>
/// <param name="Scale">The scale, above 0.</param>
/// <param name="Zero">The code for 0, from −128 to 127.</param>
internal readonly record struct ActivationCodes(float Scale, int Zero);
