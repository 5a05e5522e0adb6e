using System.Reflection;

namespace SiameseGen.Reference;

/// <summary>The reference network of a declared encoder, from its attributes: a reading of the layers' documentation that knows nothing of the compiler.</summary>
public sealed class ReferenceBuilder
{
    private static readonly Dictionary<Type, Func<ReferenceBuilder, Attribute, IReferenceLayer>> Makers = new()
    {
        [typeof(Conv2DAttribute)] = (at, layer) => at.Convolution((Conv2DAttribute)layer),
        [typeof(DepthwiseConv2DAttribute)] = (at, layer) => at.Depthwise((DepthwiseConv2DAttribute)layer),
        [typeof(DenseAttribute)] = (at, layer) => at.Dense((DenseAttribute)layer),
        [typeof(BatchNormAttribute)] = (at, layer) => new BatchNormReference(at._channels, ((BatchNormAttribute)layer).Epsilon, ((BatchNormAttribute)layer).Momentum),
        [typeof(ReLUAttribute)] = (_, _) => new ReLUReference(),
        [typeof(LeakyReLUAttribute)] = (_, layer) => new LeakyReLUReference(((LeakyReLUAttribute)layer).Slope),
        [typeof(SigmoidAttribute)] = (_, _) => new SigmoidReference(),
        [typeof(TanhAttribute)] = (_, _) => new TanhReference(),
        [typeof(MaxPool2DAttribute)] = (at, layer) =>
        {
            var pool = (MaxPool2DAttribute)layer;
            (int height, int width) = at.Slide(pool.Size, pool.Stride, 0);
            return new MaxPool2DReference(height, width, at._channels, pool.Size, pool.Size, pool.Stride);
        },
        [typeof(AvgPool2DAttribute)] = (at, layer) =>
        {
            var pool = (AvgPool2DAttribute)layer;
            (int height, int width) = at.Slide(pool.Size, pool.Stride, 0);
            return new AvgPool2DReference(height, width, at._channels, pool.Size, pool.Size, pool.Stride);
        },
        [typeof(GlobalAvgPoolAttribute)] = (at, _) =>
        {
            var pool = new GlobalAvgPoolReference(at._height, at._width, at._channels);
            (at._height, at._width) = (1, 1);
            return pool;
        },
        [typeof(DropoutAttribute)] = (at, layer) => at.Dropout(((DropoutAttribute)layer).Rate),
        [typeof(FlattenAttribute)] = (at, _) =>
        {
            (at._height, at._width, at._channels) = (1, 1, at._height * at._width * at._channels);
            return new FlattenReference();
        },
        [typeof(L2NormalizeAttribute)] = (_, _) => new L2NormalizeReference(),
    };

    private readonly Attribute[] _layers;
    private readonly CustomAttributeData[] _arguments;
    private readonly ulong _seed;
    private readonly ulong _step;
    private int _height = 1;
    private int _width = 1;
    private int _channels;
    private int _position;

    private ReferenceBuilder(Type encoder, ulong seed, ulong step)
    {
        Attribute[] declared = [.. encoder.GetCustomAttributes(inherit: false).OfType<Attribute>()];
        _layers = [.. declared.Where(attribute => attribute is LayerAttribute)];
        _arguments = [.. encoder.GetCustomAttributesData().Where(data => data.AttributeType.IsSubclassOf(typeof(LayerAttribute)))];
        (_seed, _step) = (seed, step);
        switch (declared.Single(attribute => attribute is InputAttribute))
        {
            case ImageAttribute image:
                (_height, _width, _channels) = (image.Height, image.Width, image.Channels);
                break;
            case FeaturesAttribute features:
                _channels = features.Count;
                break;
            default:
                throw new NotSupportedException("An input without a reference.");
        }
    }

    /// <summary>The kinds of layers that have a reference.</summary>
    public static IReadOnlyCollection<Type> Kinds => Makers.Keys;

    /// <summary>Builds the network.</summary>
    /// <param name="encoder">A class marked <c>[Encoder]</c>.</param>
    /// <param name="seed">The seed of its dropout.</param>
    /// <param name="step">The training step that dropout is drawn for.</param>
    public static ReferenceNetwork Of(Type encoder, ulong seed = 0, ulong step = 0) => new(new ReferenceBuilder(encoder, seed, step).Build());

    private IReferenceLayer[] Build()
    {
        var network = new IReferenceLayer[_layers.Length];
        for (_position = 0; _position < network.Length; _position++)
            network[_position] = Makers[_layers[_position].GetType()](this, _layers[_position]);
        return network;
    }

    // Unless asked for, there is no bias where batch normalisation would take it away again.
    private bool HasBias(bool declared)
    {
        bool asked = _arguments[_position].NamedArguments.Any(argument => argument.MemberName == nameof(DenseAttribute.Bias));
        bool batchNormFollows = _position + 1 < _layers.Length && _layers[_position + 1] is BatchNormAttribute;
        return asked ? declared : !batchNormFollows;
    }

    private DenseReference Dense(DenseAttribute dense)
    {
        int inputs = _channels;
        _channels = dense.Units;
        return new DenseReference(inputs, dense.Units, HasBias(dense.Bias));
    }

    private Conv2DReference Convolution(Conv2DAttribute layer)
    {
        int channels = _channels, zeros = layer.Padding is Padding.Same ? layer.Kernel - 1 : 0;
        (int height, int width) = Slide(layer.Kernel, layer.Stride, zeros);
        _channels = layer.Filters;
        return new Conv2DReference(
            height, width, channels, layer.Filters, layer.Kernel, layer.Kernel, layer.Stride, zeros / 2, zeros / 2, _height, _width, HasBias(layer.Bias));
    }

    private DepthwiseConv2DReference Depthwise(DepthwiseConv2DAttribute layer)
    {
        int zeros = layer.Padding is Padding.Same ? layer.Kernel - 1 : 0;
        (int height, int width) = Slide(layer.Kernel, layer.Stride, zeros);
        return new DepthwiseConv2DReference(
            height, width, _channels, layer.Kernel, layer.Kernel, layer.Stride, zeros / 2, zeros / 2, _height, _width, HasBias(layer.Bias));
    }

    private DropoutReference Dropout(float rate)
    {
        uint layer = (uint)_position;
        var draws = new Dictionary<int, List<float>>();
        return new DropoutReference(rate, (item, index) =>
        {
            if (!draws.TryGetValue(item, out List<float>? drawn) || drawn.Count <= index)
            {
                var random = new CounterRandom(_seed, CounterRandom.Purpose.Dropout, (layer << 20) | (uint)item, _step);
                draws[item] = drawn = [.. Enumerable.Range(0, index + 1024).Select(_ => random.NextSingle())];
            }

            return drawn[index] < rate;
        });
    }

    // Moves on to the shape after a window has slid over the image. Returns the size of the image before.
    private (int Height, int Width) Slide(int size, int stride, int zeros)
    {
        (int Height, int Width) before = (_height, _width);
        (_height, _width) = (((_height + zeros - size) / stride) + 1, ((_width + zeros - size) / stride) + 1);
        return before;
    }
}
