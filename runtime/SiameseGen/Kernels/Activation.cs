namespace SiameseGen.Kernels;

/// <summary>Runs an activation function and its derivative over a pass. A derivative is a function of the activation's output, or of its input.</summary>
internal static class Activation
{
    /// <summary>output = rule(input) in training.</summary>
    public static void Forward<TRule>(TrainingPass pass, TRule rule, int length, int input, int output)
        where TRule : struct, IUnaryRule
    {
        foreach (Shard shard in pass.Shards)
            Elements.Map(rule, pass.Activations(input, length, shard), pass.Activations(output, length, shard));
    }

    /// <summary>inputGradient = rule(known, outputGradient), where what is known is the output or the input.</summary>
    public static void Backward<TRule>(TrainingPass pass, TRule rule, int length, int known, int outputGradient, int inputGradient)
        where TRule : struct, IBinaryRule
    {
        foreach (Shard shard in pass.Shards)
        {
            Elements.Map(
                rule,
                pass.Activations(known, length, shard),
                pass.Activations(outputGradient, length, shard),
                pass.Activations(inputGradient, length, shard));
        }
    }

    /// <summary>output = rule(input) at inference.</summary>
    public static void Infer<TRule>(InferencePass pass, TRule rule, int length, int input, int output)
        where TRule : struct, IUnaryRule => Elements.Map(rule, pass.Activations(input, length), pass.Activations(output, length));
}
