namespace SiameseGen.Kernels;

/// <summary>Runs an activation function and its derivative over a pass. A derivative is a function of the activation's output.</summary>
internal static class Activation
{
    /// <summary>output = rule(input) in training.</summary>
    public static void Forward<TRule>(TrainingPass pass, TRule rule, int length, int input, int output)
        where TRule : struct, IUnaryRule
    {
        foreach (Shard shard in pass.Shards)
            Elements.Map(rule, pass.Activations(input, length, shard), pass.Activations(output, length, shard));
    }

    /// <summary>inputGradient = rule(output, outputGradient).</summary>
    public static void Backward<TRule>(TrainingPass pass, TRule rule, int length, int output, int outputGradient, int inputGradient)
        where TRule : struct, IBinaryRule
    {
        foreach (Shard shard in pass.Shards)
        {
            Elements.Map(
                rule,
                pass.Activations(output, length, shard),
                pass.Activations(outputGradient, length, shard),
                pass.Activations(inputGradient, length, shard));
        }
    }

    /// <summary>output = rule(input) at inference.</summary>
    public static void Infer<TRule>(InferencePass pass, TRule rule, int length, int input, int output)
        where TRule : struct, IUnaryRule => Elements.Map(rule, pass.Activations(input, length), pass.Activations(output, length));
}
