using SiameseGen.Compiler.Layers;

namespace SiameseGen.Compiler.Planning;

/// <summary>Who reads whom, without the layers that make no call: what they read is read instead of them.</summary>
internal sealed class Wiring
{
    private readonly Graph _graph;
    private readonly int[] _passed; // for each layer, the one whose values it holds
    private readonly Dictionary<int, List<int>> _readers = [];

    /// <summary>Wires a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="makesCall">Whether a layer does.</param>
    public Wiring(Graph graph, Func<Layer, bool> makesCall)
    {
        _graph = graph;
        _passed = new int[graph.Layers.Count];
        List<int> calls = [];
        for (int i = 0; i < _passed.Length; i++)
        {
            Layer layer = graph.Layers[i];
            _passed[i] = i;
            if (!makesCall(layer))
            {
                _passed[i] = Passed(layer.Source);
                continue;
            }

            calls.Add(i);
            Read(layer.Source, i);
            if (layer.Branch is { } branch)
                Read(branch, i);
        }

        Calls = calls;
    }

    /// <summary>Indices of the layers that make a call, in order.</summary>
    public IReadOnlyList<int> Calls { get; }

    /// <summary>The layer that makes the embedding; −1 when none makes a call.</summary>
    public int End => Passed(_passed.Length - 1);

    /// <summary>What a layer reads.</summary>
    /// <param name="layer">The layer.</param>
    public int Source(int layer) => Passed(_graph.Layers[layer].Source);

    /// <summary>The other branch that a layer reads; null when there is none.</summary>
    /// <param name="layer">The layer.</param>
    public int? Branch(int layer) => _graph.Layers[layer].Branch is { } branch ? Passed(branch) : null;

    /// <summary>Of a layer that joins two branches: the layer after which they part.</summary>
    /// <param name="layer">The layer.</param>
    public int? Fork(int layer) => _graph.Layers[layer].Fork is { } fork ? Passed(fork) : null;

    /// <summary>The layer right after one, if it is the only one that reads it, reads nothing else, and reads it as the shape that it is.</summary>
    /// <param name="layer">The layer.</param>
    public int? Next(int layer) =>
        layer != End
        && _readers[layer] is { Count: 1 } readers
        && _graph.Layers[readers[0]] is { Branch: null } next
        && next.Input == _graph.Layers[layer].Output
            ? readers[0]
            : null;

    /// <summary>Lets a call do the work of the layer right after it as well.</summary>
    /// <param name="last">The last layer whose work the call does; the next one, if it is taken up.</param>
    /// <param name="done">Receives the layer that needs no call of its own any more.</param>
    /// <param name="canBe">Whether the call can do a layer's work.</param>
    /// <returns>The layer that was taken up; null when there is none, or it cannot be.</returns>
    public Layer? TakeUp(ref int last, ISet<int> done, Func<Layer, bool> canBe)
    {
        if (Next(last) is not { } next || !canBe(_graph.Layers[next]))
            return null;
        done.Add(last = next);
        return _graph.Layers[next];
    }

    private int Passed(int layer) => layer < 0 ? layer : _passed[layer];

    private void Read(int layer, int reader)
    {
        int read = Passed(layer);
        if (!_readers.TryGetValue(read, out List<int> readers))
            _readers[read] = readers = [];
        readers.Add(reader);
    }
}
