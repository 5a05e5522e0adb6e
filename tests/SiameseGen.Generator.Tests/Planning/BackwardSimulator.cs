using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using Xunit;

namespace SiameseGen.Generator.Tests.Planning;

/// <summary>Plays the backward pass: every layer must find the sum of the gradients that all its readers left.</summary>
internal sealed class BackwardSimulator(ReadGraph graph, ArenaSimulator arena)
{
    private static readonly string[] InPlace = ["ReLU", "LeakyReLU", "Sigmoid", "Tanh", "Dropout", "BatchNorm", "L2Normalize", "PReLU", "GELU", "Softplus", "LayerNorm", "Invert"];

    private readonly Dictionary<int, List<string>> _gradients = [];
    private int _next;

    /// <summary>Plays it.</summary>
    /// <param name="steps">The calls.</param>
    /// <param name="gradient">What the gradient of the embedding is called.</param>
    public void Play(IReadOnlyList<Step> steps, string gradient)
    {
        _gradients[graph.End] = [gradient];
        _next = graph.Layers.Count - 1;
        foreach (Step step in steps)
        {
            if (step.Method == "Accumulate")
                Accumulate(step);
            else
                Backward(step);
        }
    }

    private void Backward(Step step)
    {
        int layer = graph.LastOf(step);
        PassSums(layer);
        string kind = step.Lowering.Kernel;
        List<(string, OperandKind, int)> reads = [(Assert.Single(_gradients[layer]), OperandKind.OutputGradient, step.Output.Length)];
        List<(string Name, OperandKind Kind, int Length)> inputs = ArenaSimulator.Inputs(graph, step);
        if (step.Layer.Tensors.Count > 0 || kind is "MaxPool2D" or "L2Normalize" or "ChannelScale" or "GELU")
            reads.AddRange(inputs);
        if (kind is "Softplus" or "ReLU" or "LeakyReLU" or "Sigmoid" or "Tanh" or "L2Normalize")
            reads.Add((ArenaSimulator.Value(layer), OperandKind.Output, step.Output.Length));
        OperandKind[] results = [OperandKind.InputGradient, OperandKind.BranchGradient];
        for (int i = 0; i < inputs.Count; i++)
        {
            int read = i == 0 ? graph.Source(step.Layer) : graph.Branch(step.Layer)!.Value;
            Assert.Equal(graph.IsLearnedBefore(read), step.Offset(results[i]) >= 0);
            if (step.Offset(results[i]) < 0)
                arena.Call(step, reads, null, InPlace);
            else
                arena.Call(step, i == 0 ? reads : [], (Leave(read, layer), results[i], inputs[i].Length), InPlace);
        }
    }

    private void Accumulate(Step step)
    {
        int fork = step.Layer.Fork is { } at and >= 0 ? at : -1;
        PassSums(fork);
        int value = graph.Source(new Layer { Attribute = step.Layer.Attribute, Name = "", ClassName = "", Input = default, Output = default, Architecture = "", Lowering = Lowering.Alias, Source = fork });
        List<string> parts = _gradients[value];
        Assert.True(parts.Count > 1);
        int length = step.Values[OperandKind.InputGradient].Length;
        (string first, string second) = (parts[0], parts[1]);
        arena.Call(
            step, [(first, OperandKind.OutputGradient, length), (second, OperandKind.BranchGradient, length)],
            ($"({first} + {second})", OperandKind.InputGradient, length), [.. InPlace, "Residual", "SqueezeExcite"]);
        parts.RemoveRange(0, 2);
        parts.Insert(0, $"({first} + {second})");
    }

    // A sum has no call: what arrives at it arrives at both of its branches.
    private void PassSums(int until)
    {
        for (; _next > until; _next--)
        {
            Layer layer = graph.Layers[_next];
            if (!layer.Lowering.SharesGradient || !graph.IsLearnedBefore(_next))
                continue;
            string gradient = Assert.Single(_gradients[_next]);
            foreach (int read in new[] { graph.Source(layer), graph.Branch(layer)!.Value })
                GradientsOf(read).Add(gradient);
        }
    }

    private string Leave(int value, int layer)
    {
        string name = $"gradient of {value} by {layer}";
        GradientsOf(value).Add(name);
        return name;
    }

    private List<string> GradientsOf(int value)
    {
        if (!_gradients.TryGetValue(value, out List<string>? gradients))
            _gradients[value] = gradients = [];
        return gradients;
    }
}
