using SiameseGen.Losses;
using SiameseGen.Reference;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.References;

/// <summary>Compares a whole encoder, forward and backward through its loss and at inference, with the same layers in double precision.</summary>
internal static class EncoderComparison
{
    /// <param name="network">The encoder's layers; weights are copied from the encoder.</param>
    /// <param name="loss">The encoder's loss over this batch.</param>
    /// <param name="parameters">The encoder's weights.</param>
    /// <param name="batch">Classes, labels and count of the batch.</param>
    /// <param name="inputs">The inputs, item after item.</param>
    /// <param name="tolerance">How far values may be apart, relative to the largest.</param>
    /// <typeparam name="TEncoder">The encoder.</typeparam>
    public static void AssertAgrees<TEncoder>(
        ReferenceNetwork network, LossReference loss, Parameters parameters, Batch batch, float[] inputs, double tolerance = 1e-5)
        where TEncoder : IEncoder
    {
        int length = TEncoder.Info.EmbeddingLength;
        double[] exact = Array.ConvertAll(inputs, value => (double)value);
        network.Assign(parameters.Values[..network.Values.Length]); // an encoder may have state that no layer has
        AssertClose("embeddings at inference", network.Infer(exact, batch.Count), Infer<TEncoder>(parameters, batch.Count, inputs), tolerance);

        using var team = new WorkerTeam(2);
        var workspace = new TrainingWorkspace(parameters, batch.Count, team);
        inputs.CopyTo(workspace.Inputs);
        team.Run(worker => TEncoder.Forward(workspace.Pass(worker)));
        LossResult result = TEncoder.Info.Loss!.Evaluate(batch, workspace.Embeddings, workspace.EmbeddingGradients, new LossWorkspace(batch.Count, length));
        float[] embeddings = workspace.Embeddings.ToArray(); // backward may use their memory
        team.Run(worker => TEncoder.Backward(workspace.Pass(worker)));

        double[] expected = network.Forward(exact, batch.Count);
        network.Backward(loss.Gradient(expected, length));
        double value = loss.Value(expected, length);
        Assert.Equal(value, result.Loss, tolerance * Math.Max(1, value));
        AssertClose("embeddings", expected, embeddings, tolerance);
        AssertTensorsClose("gradient", TEncoder.Info, network.Gradients, Gradients(workspace), tolerance);
        AssertTensorsClose("values", TEncoder.Info, network.Values, parameters.Values[..network.Values.Length].ToArray(), tolerance); // running statistics moved
    }

    private static float[] Infer<TEncoder>(Parameters parameters, int items, float[] inputs)
        where TEncoder : IEncoder
    {
        var prepared = new AlignedBuffer<float>(TEncoder.Info.Inference.PreparedLength);
        TEncoder.Prepare(parameters, prepared.Span);
        var pass = new InferencePass(TEncoder.Info, prepared, items);
        inputs.CopyTo(pass.Inputs);
        TEncoder.Infer(pass);
        return pass.Embeddings.ToArray();
    }

    private static float[] Gradients(TrainingWorkspace workspace)
    {
        float[] sum = new float[workspace.Parameters.Info.ParameterCount];
        for (int shard = 0; shard < Shard.Count; shard++)
        {
            for (int i = 0; i < sum.Length; i++)
                sum[i] += workspace.Gradients(shard)[i];
        }

        return sum;
    }

    // A gradient that is 0 because its terms cancel, as that of a bias which no distance depends on, is compared with the largest of all.
    private static void AssertTensorsClose(string what, EncoderInfo info, double[] expected, float[] actual, double tolerance)
    {
        const double nothing = 1e-3;
        double all = Largest(expected);
        foreach (ParameterTensor tensor in info.Tensors.Where(tensor => tensor.Offset < expected.Length))
        {
            // Nobody asks for a gradient that changes nothing, and where all layers so far are frozen there is none.
            if (tensor.IsFrozen && what == "gradient")
                continue;
            Range range = tensor.Offset..(tensor.Offset + tensor.Length);
            double own = Largest(expected[range]);
            AssertClose($"{what} of {tensor.Name}", expected[range], actual[range], tolerance, own > nothing * all ? own : all);
        }
    }

    private static void AssertClose(string what, double[] expected, float[] actual, double tolerance) =>
        AssertClose(what, expected, actual, tolerance, Largest(expected));

    private static void AssertClose(string what, double[] expected, float[] actual, double tolerance, double scale)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(scale > 0 || expected.Length == 0, $"The {what} would be 0 of anything.");
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]) / scale;
            Assert.True(error <= tolerance, $"The {what} at {i} is {actual[i]:R} and should be {expected[i]:R}: an error of {error:G3} of the largest.");
        }
    }

    private static double Largest(double[] values) => values.Select(Math.Abs).DefaultIfEmpty(0).Max();
}
