namespace SiameseGen.Benchmarks.Models;

/// <summary>
/// Gives a fresh encoder biases, gains, shifts and running statistics as a trained one has them. Fresh ones are zeros and ones, with which a
/// wrong way of folding batch normalisation would go unnoticed.
/// </summary>
internal static class TrainedLooks
{
    /// <summary>Draws them, always the same ones.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <returns>The same encoder.</returns>
    /// <typeparam name="TEncoder">Its type.</typeparam>
    public static TEncoder Give<TEncoder>(TEncoder encoder)
        where TEncoder : class, IEncoder
    {
        Parameters parameters = encoder.Parameters;
        foreach (ParameterTensor tensor in parameters.Info.Tensors.Where(tensor => tensor.Role is not ParameterRole.Weight))
        {
            var random = new CounterRandom(5, CounterRandom.Purpose.Data, (uint)tensor.Offset);
            (float low, float high) = tensor.Role is ParameterRole.Gain or ParameterRole.RunningVariance ? (0.5f, 1.5f) : (-0.2f, 0.2f);
            foreach (ref float value in parameters[tensor])
                value = random.NextSingle(low, high);
        }

        parameters.MarkChanged();
        return encoder;
    }
}
