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
    /// <param name="weights">What the loss has learned; the reference has the same.</param>
    /// <typeparam name="TEncoder">The encoder.</typeparam>
    /// <returns>Whether there was a gradient to compare: one that is not 0 everywhere.</returns>
    public static bool AssertAgrees<TEncoder>(
        ReferenceNetwork network, LossReference loss, Parameters parameters, Batch batch, float[] inputs, double tolerance = 1e-5, LossWeights? weights = null)
        where TEncoder : IEncoder
    {
        int length = TEncoder.Info.EmbeddingLength;
        double[] exact = Array.ConvertAll(inputs, value => (double)value);
        network.Assign(parameters.Values[..network.Values.Length]); // an encoder may have state that no layer has
        AssertClose("embeddings at inference", network.Infer(exact, batch.Count), Infer<TEncoder>(parameters, batch.Count, inputs), tolerance);

        float[] before = parameters.Values[..network.Values.Length].ToArray();
        using var team = new WorkerTeam(2);
        var workspace = new TrainingWorkspace(parameters, batch.Count, team);
        inputs.CopyTo(workspace.Inputs);
        team.Run(worker => TEncoder.Forward(workspace.Pass(worker)));
        LossResult result = TEncoder.Info.Loss!.Evaluate(batch, workspace.Embeddings, workspace.EmbeddingGradients, new LossWorkspace(batch.Count, length) { Learned = weights });
        float[] embeddings = workspace.Embeddings.ToArray(); // backward may use their memory
        team.Run(worker => TEncoder.Backward(workspace.Pass(worker)));

        double[] rounding = Rounding(network, loss, batch.Count, exact, length);
        network.Assign(before);
        double[] expected = network.Forward(exact, batch.Count);
        network.Backward(loss.Gradient(expected, length));
        double[] learned = weights is null ? [] : loss is LossSumReference sum ? sum.ProxyGradient : ((ClassLossReference)loss).ProxyGradient;
        double value = loss.Value(expected, length);
        Assert.Equal(value, result.Loss, tolerance * Math.Max(1, value));
        if (weights is not null)
            AssertClose("learned weights' gradient", learned, weights.Gradients.ToArray(), 10 * tolerance);
        AssertClose("embeddings", expected, embeddings, tolerance);
        AssertTensorsClose("values", TEncoder.Info, network.Values, parameters.Values[..network.Values.Length].ToArray(), tolerance); // running statistics moved
        AssertTensorsClose("gradient", TEncoder.Info, network.Gradients, Gradients(workspace), tolerance, rounding);
        return Largest(network.Gradients) > 1e-6;
    }

    // How far the exact gradient moves when weights and inputs are off by a few roundings, as each layer's outputs are: what no computation in floats can be blamed for. It is
    // far below the tolerance, unless a gradient's terms nearly cancel; and where they cancel altogether, a few roundings of terms of about 1 are left.
    private static double[] Rounding(ReferenceNetwork network, LossReference loss, int items, double[] inputs, int length)
    {
        const double step = 1.0 / (1 << 20), ofOne = 1.0 / (1 << 20);
        double[] values = [.. network.Values];
        double[][] gradients = new double[3][];
        for (int run = 0; run < gradients.Length; run++)
        {
            var random = new Random(run);
            network.Assign(Array.ConvertAll(values, value => (float)(value * Factor())));
            double[] embeddings = network.Forward(Array.ConvertAll(inputs, value => value * Factor()), items);
            network.Backward(loss.Gradient(embeddings, length));
            gradients[run] = [.. network.Gradients];

            double Factor() => 1 + (run == 0 ? 0 : step * ((2 * random.NextDouble()) - 1));
        }

        return [.. gradients[0].Select((exact, i) => ofOne + (8 * Math.Max(Math.Abs(gradients[1][i] - exact), Math.Abs(gradients[2][i] - exact))))];
    }

    private static float[] Infer<TEncoder>(Parameters parameters, int items, float[] inputs)
        where TEncoder : IEncoder
    {
        var prepared = new AlignedBuffer<float>(TEncoder.Info.Inference.PreparedLength);
        TEncoder.Prepare(parameters, prepared.Span);
        InferencePass pass = new InferenceMemory(TEncoder.Info, items).Pass(prepared.Span, items);
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
    private static void AssertTensorsClose(string what, EncoderInfo info, double[] expected, float[] actual, double tolerance, double[]? rounding = null)
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
            double unavoidable = rounding is null ? 0 : Largest(rounding[range]);
            double scale = rounding is null ? 0 : double.Epsilon; // all gradients may be 0, where a loss is satisfied
            AssertClose($"{what} of {tensor.Name}", expected[range], actual[range], tolerance, Math.Max(scale, own > nothing * all ? own : all), unavoidable);
        }
    }

    private static void AssertClose(string what, double[] expected, float[] actual, double tolerance) =>
        AssertClose(what, expected, actual, tolerance, Largest(expected));

    private static void AssertClose(string what, double[] expected, float[] actual, double tolerance, double scale, double unavoidable = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(scale > 0 || expected.Length == 0, $"The {what} would be 0 of anything.");
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Max(0, Math.Abs(expected[i] - actual[i]) - unavoidable) / scale;
            Assert.True(error <= tolerance, $"The {what} at {i} is {actual[i]:R} and should be {expected[i]:R}: an error of {error:G3} of the largest.");
        }
    }

    private static double Largest(double[] values) => values.Select(Math.Abs).DefaultIfEmpty(0).Max();
}
