using SiameseGen.Training;

namespace SiameseGen.Export.Tests;

/// <summary>A forward pass of training, and a backward pass, with what is rounded given.</summary>
internal static class QuantizedForward
{
    /// <summary>Items of the batch.</summary>
    public const int Items = 12;

    /// <summary>Runs the twins forward.</summary>
    /// <param name="parameters">The weights, which stay as they are.</param>
    /// <param name="quantization">What is rounded; null for nothing.</param>
    /// <param name="embeddingGradients">When given, runs them backward, too.</param>
    /// <returns>The embeddings, and the gradients of the parameters; those are 0 without a backward pass.</returns>
    /// <typeparam name="TEncoder">The encoder.</typeparam>
    public static (float[] Embeddings, double[] Gradients) Run<TEncoder>(Parameters parameters, SimulatedQuantization? quantization, float[]? embeddingGradients = null)
        where TEncoder : class, IEncoder
    {
        EncoderInfo info = TEncoder.Info;
        using var team = new WorkerTeam(1);
        QuantizationState? state = quantization is null ? null : new QuantizationState(quantization, parameters, Items);
        var workspace = new TrainingWorkspace(parameters, Items, team) { Quantization = state };
        float[] embeddings = [];
        workspace.Begin(Items, 1, 1);
        Inputs(info).CopyTo(workspace.Inputs);
        state?.Begin();
        team.Run(worker =>
        {
            TrainingPass pass = workspace.Pass(worker);
            pass.Quantize(0, info.Input.Length, info.Training.Input);
            state?.RoundWeights(worker, 1);
            TEncoder.Forward(pass);
            embeddings = workspace.Embeddings.ToArray();
            if (embeddingGradients is null)
                return;
            embeddingGradients.CopyTo(workspace.EmbeddingGradients);
            TEncoder.Backward(pass);
        });
        state?.RestoreWeights(0, 1);
        double[] gradients = new double[info.ParameterCount];
        for (int shard = 0; shard < Shard.Count; shard++)
        {
            for (int i = 0; i < gradients.Length; i++)
                gradients[i] += workspace.Gradients(shard)[i];
        }

        return (embeddings, gradients);
    }

    /// <summary>The inputs of the batch.</summary>
    /// <param name="info">The encoder's.</param>
    public static float[] Inputs(EncoderInfo info)
    {
        var drawings = new Drawings(4, 3, info.Input.Length, 17);
        float[] inputs = new float[Items * info.Input.Length];
        var random = new CounterRandom(0, CounterRandom.Purpose.Data, 0);
        for (int i = 0; i < Items; i++)
            drawings.Read(i, inputs.AsSpan(i * info.Input.Length, info.Input.Length), ref random);
        return inputs;
    }
}
