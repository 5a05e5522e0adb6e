namespace SiameseGen.Models.Tests.Import;

/// <summary>A picture or vector as PyTorch has it: channel by channel, row by row. A vector has one pixel.</summary>
internal sealed record TorchValue(int Channels, int Height, int Width, double[] Values)
{
    public double this[int channel, int row, int column] => Values[(((channel * Height) + row) * Width) + column];
}

/// <summary>
/// Networks of PyTorch in the plainest way: layers as its manual defines them, in double precision, on weights in its order and with its names. It
/// shares nothing with SiameseGen.
/// </summary>
internal sealed class TorchNetwork(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Func<TorchValue, TorchValue>> _layers = [];

    /// <summary>The state dictionary: shapes and values by name.</summary>
    public Dictionary<string, (int[] Shape, float[] Values)> State { get; } = [];

    public TorchValue Run(TorchValue input) => _layers.Aggregate(input, (value, layer) => layer(value));

    public TorchNetwork Conv2d(string name, int channels, int filters, int kernel, int stride = 1, int padding = 0, int groups = 1, bool bias = true)
    {
        float[] weight = Draw($"{name}.weight", filters, channels / groups, kernel, kernel);
        float[] shift = bias ? Draw($"{name}.bias", filters) : new float[filters];
        return Add(x =>
        {
            int height = ((x.Height + (2 * padding) - kernel) / stride) + 1, width = ((x.Width + (2 * padding) - kernel) / stride) + 1, size = channels / groups;
            double[] y = new double[filters * height * width];
            for (int o = 0; o < filters; o++)
            {
                for (int at = 0; at < height * width; at++)
                {
                    double sum = shift[o];
                    for (int i = 0; i < size; i++)
                    {
                        for (int tap = 0; tap < kernel * kernel; tap++)
                        {
                            int row = (at / width * stride) + (tap / kernel) - padding, column = (at % width * stride) + (tap % kernel) - padding;
                            if (row >= 0 && row < x.Height && column >= 0 && column < x.Width)
                                sum += weight[(((o * size) + i) * kernel * kernel) + tap] * x[(o / (filters / groups) * size) + i, row, column];
                        }
                    }

                    y[(o * height * width) + at] = sum;
                }
            }

            return new TorchValue(filters, height, width, y);
        });
    }

    public TorchNetwork BatchNorm(string name, int channels, double epsilon = 1e-5)
    {
        float[] weight = Draw($"{name}.weight", channels), bias = Draw($"{name}.bias", channels), mean = Draw($"{name}.running_mean", channels), variance = Draw($"{name}.running_var", channels);
        for (int i = 0; i < channels; i++)
            variance[i] = 0.5f + Math.Abs(variance[i]);
        State[$"{name}.num_batches_tracked"] = ([], []);
        return PerChannel((value, channel) => ((value - mean[channel]) / Math.Sqrt(variance[channel] + epsilon) * weight[channel]) + bias[channel]);
    }

    public TorchNetwork PReLU(string name, int parameters)
    {
        float[] weight = Draw($"{name}.weight", parameters);
        return PerChannel((value, channel) => value > 0 ? value : value * weight[parameters == 1 ? 0 : channel]);
    }

    public TorchNetwork LayerNormOfVector(string name, int length, double epsilon)
    {
        float[] weight = Draw($"{name}.weight", length), bias = Draw($"{name}.bias", length);
        return Add(x =>
        {
            double mean = x.Values.Average(), variance = x.Values.Average(value => (value - mean) * (value - mean));
            return x with { Values = [.. x.Values.Select((value, i) => ((value - mean) / Math.Sqrt(variance + epsilon) * weight[i]) + bias[i])] };
        });
    }

    public TorchNetwork Linear(string name, int inputs, int outputs, bool bias = true)
    {
        float[] weight = Draw($"{name}.weight", outputs, inputs), shift = bias ? Draw($"{name}.bias", outputs) : new float[outputs];
        return Add(x => new TorchValue(outputs, 1, 1, [.. Enumerable.Range(0, outputs).Select(o => shift[o] + x.Values.Select((value, i) => value * weight[(o * inputs) + i]).Sum())]));
    }

    public TorchNetwork ReLU() => PerChannel((value, _) => Math.Max(value, 0));

    public TorchNetwork Tanh() => PerChannel((value, _) => Math.Tanh(value));

    public TorchNetwork Flatten() => Add(x => new TorchValue(x.Values.Length, 1, 1, x.Values));

    public TorchNetwork GlobalAverage() => Add(x => new TorchValue(x.Channels, 1, 1, [.. x.Values.Chunk(x.Height * x.Width).Select(channel => channel.Average())]));

    public TorchNetwork Normalize() => Add(x => x with { Values = [.. x.Values.Select(value => value / Math.Sqrt(x.Values.Sum(v => v * v)))] });

    public TorchNetwork MaxPool2() => Add(x =>
    {
        int height = x.Height / 2, width = x.Width / 2;
        var values = from c in Enumerable.Range(0, x.Channels)
                     from r in Enumerable.Range(0, height)
                     from w in Enumerable.Range(0, width)
                     select Math.Max(Math.Max(x[c, 2 * r, 2 * w], x[c, 2 * r, (2 * w) + 1]), Math.Max(x[c, (2 * r) + 1, 2 * w], x[c, (2 * r) + 1, (2 * w) + 1]));
        return new TorchValue(x.Channels, height, width, [.. values]);
    });

    /// <summary>What a part makes of its input, and what another makes of it, added.</summary>
    public TorchNetwork Residual(Action<TorchNetwork> part, Action<TorchNetwork>? shortcut = null)
    {
        TorchNetwork body = Part(part), beside = Part(shortcut ?? (_ => { }));
        return Add(x =>
        {
            double[] other = beside.Run(x).Values;
            TorchValue sum = body.Run(x);
            return sum with { Values = [.. sum.Values.Zip(other, (a, b) => a + b)] };
        });

        TorchNetwork Part(Action<TorchNetwork> build)
        {
            var network = new TorchNetwork(_random.Next());
            build(network);
            foreach ((string name, (int[] Shape, float[] Values) tensor) in network.State)
                State.Add(name, tensor);
            return network;
        }
    }

    private TorchNetwork PerChannel(Func<double, int, double> function) => Add(x =>
        x with { Values = [.. x.Values.Select((value, i) => function(value, i / (x.Height * x.Width)))] });

    private TorchNetwork Add(Func<TorchValue, TorchValue> layer)
    {
        _layers.Add(layer);
        return this;
    }

    private float[] Draw(string name, params int[] shape)
    {
        float[] values = new float[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)((_random.NextDouble() - 0.5) * (shape.Length == 1 ? 1.5 : 3 / Math.Sqrt(values.Length / shape[0])));
        State.Add(name, (shape, values));
        return values;
    }
}
