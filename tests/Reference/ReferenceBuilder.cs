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
        [typeof(PReLUAttribute)] = (at, _) => new PReLUReference(at._channels),
        [typeof(ELUAttribute)] = (_, layer) => new ELUReference(((ELUAttribute)layer).Alpha),
        [typeof(GELUAttribute)] = (_, layer) => new GELUReference(((GELUAttribute)layer).Approximation is GELUApproximation.Tanh),
        [typeof(SiLUAttribute)] = (_, _) => new SiLUReference(),
        [typeof(HardSwishAttribute)] = (_, _) => new HardSwishReference(),
        [typeof(SoftplusAttribute)] = (_, _) => new SoftplusReference(),
        [typeof(SigmoidAttribute)] = (_, _) => new SigmoidReference(),
        [typeof(TanhAttribute)] = (_, _) => new TanhReference(),
        [typeof(MaxPool2DAttribute)] = (at, layer) => at.Pool(
            (PoolingAttribute)layer, (height, width, pool, border) => new MaxPool2DReference(height, width, at._channels, pool.Height, pool.Width, pool.Down, border, pool.Across)),
        [typeof(AvgPool2DAttribute)] = (at, layer) => at.Pool(
            (PoolingAttribute)layer, (height, width, pool, border) => new AvgPool2DReference(height, width, at._channels, pool.Height, pool.Width, pool.Down, border, pool.Across)),
        [typeof(GlobalAvgPoolAttribute)] = (at, _) =>
        {
            var pool = new GlobalAvgPoolReference(at._height, at._width, at._channels);
            (at._height, at._width) = (1, 1);
            return pool;
        },
        [typeof(DropoutAttribute)] = (at, layer) => at.Dropout(((DropoutAttribute)layer).Rate),
        [typeof(LayerNormAttribute)] = (at, layer) => new GroupNormReference(1, at._channels, 1, ((LayerNormAttribute)layer).Epsilon),
        [typeof(GroupNormAttribute)] = (at, layer) =>
            new GroupNormReference(at._height * at._width, at._channels, ((GroupNormAttribute)layer).Groups, ((GroupNormAttribute)layer).Epsilon),
        [typeof(SpatialDropoutAttribute)] = (at, layer) => at.Dropout(((SpatialDropoutAttribute)layer).Rate, at._channels),
        [typeof(RescaleAttribute)] = (_, layer) => new AffineReference(((RescaleAttribute)layer).Scale, ((RescaleAttribute)layer).Offset),
        [typeof(StandardizeAttribute)] = (_, layer) =>
            new AffineReference(1.0 / ((StandardizeAttribute)layer).Deviation, -(double)((StandardizeAttribute)layer).Mean / ((StandardizeAttribute)layer).Deviation),
        [typeof(InvertAttribute)] = (_, _) => new AffineReference(-1, 1),
        [typeof(GlobalMaxPoolAttribute)] = (at, _) =>
        {
            (int height, int width) = (at._height, at._width);
            (at._height, at._width) = (1, 1);
            return new MaxPool2DReference(height, width, at._channels, height, width, 1);
        },
        [typeof(GeMPoolAttribute)] = (at, layer) =>
        {
            var pool = new GeMPoolReference(at._height * at._width, at._channels, ((GeMPoolAttribute)layer).Power);
            (at._height, at._width) = (1, 1);
            return pool;
        },
        [typeof(FlattenAttribute)] = (at, _) =>
        {
            (at._height, at._width, at._channels) = (1, 1, at._height * at._width * at._channels);
            return new FlattenReference();
        },
        [typeof(L2NormalizeAttribute)] = (_, _) => new L2NormalizeReference(),
        [typeof(UseAttribute<>)] = (at, layer) => new ReferenceSequence(at.Block(layer, 0, at._next)),
        [typeof(RepeatAttribute<>)] = (at, layer) => at.Repeat(layer),
        [typeof(ResidualAttribute<>)] = (at, layer) => new ResidualReference(new ReferenceSequence(at.Block(layer, 0, null)), null),
        [typeof(ResidualAttribute<,>)] = (at, layer) => at.Projected(layer),
        [typeof(SeparableConv2DAttribute)] = (at, layer) => at.Separable((SeparableConv2DAttribute)layer),
        [typeof(SqueezeExciteAttribute)] = (at, layer) => at.SqueezeExcite((SqueezeExciteAttribute)layer),
    };

    private readonly ulong _seed;
    private readonly ulong _step;
    private int _height = 1;
    private int _width = 1;
    private int _channels;
    private int _position;
    private Attribute? _next;
    private bool _hasBias;
    private HashSet<string> _set = [];

    private ReferenceBuilder(Type encoder, ulong seed, ulong step)
    {
        Attribute[] declared = [.. encoder.GetCustomAttributes(inherit: false).OfType<Attribute>()];
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
    public static ReferenceNetwork Of(Type encoder, ulong seed = 0, ulong step = 0) => new(new ReferenceBuilder(encoder, seed, step).Layers(encoder, null));

    // The layers of an encoder or a block. What follows it is null where nothing does, or where several layers read its output.
    private IReferenceLayer[] Layers(Type type, Attribute? following)
    {
        Attribute[] layers = [.. LayersOf(type)];
        CustomAttributeData[] arguments = [.. type.GetCustomAttributesData().Where(data => data.AttributeType.IsSubclassOf(typeof(LayerAttribute)))];
        var network = new IReferenceLayer[layers.Length];
        for (int i = 0; i < network.Length; i++)
        {
            Attribute? next = i + 1 < layers.Length ? First(layers[i + 1]) : following;
            network[i] = Make(layers[i], next, [.. arguments[i].NamedArguments.Select(argument => argument.MemberName)]);
        }

        return network;
    }

    private IReferenceLayer Make(Attribute layer, Attribute? next, params HashSet<string> set)
    {
        // Unless asked for, there is no bias where batch normalisation would take it away again.
        bool declared = layer switch
        {
            ConvolutionAttribute convolution => convolution.Bias,
            DenseAttribute dense => dense.Bias,
            _ => false,
        };
        (_next, _set) = (next, set);
        _hasBias = set.Contains(nameof(DenseAttribute.Bias)) ? declared : next is not BatchNormAttribute;
        Type kind = layer.GetType();
        IReferenceLayer made = Makers[kind.IsGenericType ? kind.GetGenericTypeDefinition() : kind](this, layer);
        _position += kind.IsGenericType || layer is SeparableConv2DAttribute or SqueezeExciteAttribute ? 0 : 1;
        return made;
    }

    private static IEnumerable<Attribute> LayersOf(Type type) => type.GetCustomAttributes(inherit: false).OfType<LayerAttribute>();

    private static Attribute? First(Attribute layer) => layer.GetType() switch
    {
        { IsGenericType: true } kind when kind.GetGenericTypeDefinition() != typeof(ResidualAttribute<>) && kind.GetGenericTypeDefinition() != typeof(ResidualAttribute<,>) =>
            First(LayersOf(kind.GenericTypeArguments[0]).First()),
        { IsGenericType: true } => null,
        _ => layer is SqueezeExciteAttribute ? null : layer,
    };

    private IReferenceLayer[] Block(Attribute layer, int number, Attribute? following) => Layers(layer.GetType().GenericTypeArguments[number], following);

    private ReferenceSequence Repeat(Attribute layer)
    {
        int times = (int)layer.GetType().GetProperty(nameof(RepeatAttribute<object>.Times))!.GetValue(layer)!;
        Attribute? after = _next, again = First(layer);
        return new ReferenceSequence([.. Enumerable.Range(1, times).SelectMany(time => Block(layer, 0, time == times ? after : again))]);
    }

    private ResidualReference Projected(Attribute layer)
    {
        (int height, int width, int channels) = (_height, _width, _channels);
        var block = new ReferenceSequence(Block(layer, 0, null));
        (_height, _width, _channels) = (height, width, channels);
        return new ResidualReference(block, new ReferenceSequence(Block(layer, 1, null)));
    }

    private ReferenceSequence Separable(SeparableConv2DAttribute layer)
    {
        Attribute? next = _next;
        bool hasBias = _hasBias;
        var depthwise = new DepthwiseConv2DAttribute
        {
            Kernel = layer.Kernel,
            KernelHeight = layer.KernelHeight,
            KernelWidth = layer.KernelWidth,
            Stride = layer.Stride,
            Dilation = layer.Dilation,
            Padding = layer.Padding,
            PadTop = layer.PadTop,
            PadBottom = layer.PadBottom,
            PadLeft = layer.PadLeft,
            PadRight = layer.PadRight,
            Bias = false,
        };
        var pointwise = new Conv2DAttribute(layer.Filters) { Kernel = 1, Bias = hasBias };
        return new ReferenceSequence(Make(depthwise, pointwise, [.. _set, nameof(layer.Bias)]), Make(pointwise, next, nameof(layer.Bias)));
    }

    private SqueezeExciteReference SqueezeExcite(SqueezeExciteAttribute layer)
    {
        (int height, int width, int channels) = (_height, _width, _channels);
        Attribute[] gates =
            [new GlobalAvgPoolAttribute(), new DenseAttribute(Math.Max(1, channels / layer.Ratio)), new ReLUAttribute(), new DenseAttribute(channels), new SigmoidAttribute()];
        var sequence = new ReferenceSequence([.. gates.Select(gate => Make(gate, null))]);
        (_height, _width, _channels) = (height, width, channels);
        return new SqueezeExciteReference(channels, sequence);
    }

    private DenseReference Dense(DenseAttribute dense)
    {
        int inputs = _channels;
        _channels = dense.Units;
        return new DenseReference(inputs, dense.Units, _hasBias);
    }

    private Conv2DReference Convolution(Conv2DAttribute layer)
    {
        int channels = _channels;
        (int height, int width, WindowBorder border) = Slide(layer, layer.Padding);
        _channels = layer.Filters;
        return new Conv2DReference(
            height, width, channels, layer.Filters, layer.KernelHeight, layer.KernelWidth, layer.Stride, border.Top, border.Left, _height, _width, _hasBias,
            layer.Dilation, layer.Groups);
    }

    // As a convolution with as many groups as channels, whose weights lie in the same order.
    private Conv2DReference Depthwise(DepthwiseConv2DAttribute layer)
    {
        (int height, int width, WindowBorder border) = Slide(layer, layer.Padding);
        return new Conv2DReference(
            height, width, _channels, _channels, layer.KernelHeight, layer.KernelWidth, layer.Stride, border.Top, border.Left, _height, _width, _hasBias,
            layer.Dilation, _channels);
    }

    private IReferenceLayer Pool(PoolingAttribute layer, Func<int, int, (int Height, int Width, int Down, int Across), WindowBorder, IReferenceLayer> make)
    {
        var explicitly = new WindowBorder(layer.PadTop, layer.PadBottom, layer.PadLeft, layer.PadRight);
        WindowBorder border = BorderOf(layer.Padding, explicitly, layer.Height - 1, layer.Width - 1);
        bool strides = _set.Contains(nameof(layer.Stride));
        (int down, int across) = strides ? (layer.Stride, layer.Stride) : (layer.Height, layer.Width);
        (int height, int width) = Slide(border, layer.Height - 1, layer.Width - 1, down, across);
        return make(height, width, (layer.Height, layer.Width, down, across), border);
    }

    private (int Height, int Width, WindowBorder Border) Slide(ConvolutionAttribute layer, Padding padding)
    {
        int down = (layer.KernelHeight - 1) * layer.Dilation, across = (layer.KernelWidth - 1) * layer.Dilation;
        WindowBorder border = BorderOf(padding, new WindowBorder(layer.PadTop, layer.PadBottom, layer.PadLeft, layer.PadRight), down, across);
        (int height, int width) = Slide(border, down, across, layer.Stride, layer.Stride);
        return (height, width, border);
    }

    private WindowBorder BorderOf(Padding padding, WindowBorder explicitly, int down, int across)
    {
        if (_set.Any(argument => argument.StartsWith("Pad", StringComparison.Ordinal) && argument != nameof(Padding)))
            return explicitly;
        return padding is Padding.Same ? new WindowBorder(down / 2, down - (down / 2), across / 2, across - (across / 2)) : default;
    }

    private DropoutReference Dropout(float rate, int period = int.MaxValue)
    {
        uint layer = (uint)_position;
        var draws = new Dictionary<int, List<float>>();
        return new DropoutReference(rate, (item, place) =>
        {
            int index = place % period;
            if (!draws.TryGetValue(item, out List<float>? drawn) || drawn.Count <= index)
            {
                var random = new CounterRandom(_seed, CounterRandom.Purpose.Dropout, (layer << 20) | (uint)item, _step);
                draws[item] = drawn = [.. Enumerable.Range(0, index + 1024).Select(_ => random.NextSingle())];
            }

            return drawn[index] < rate;
        });
    }

    // Moves on to the shape after a window has slid over the image. Returns the size of the image before.
    private (int Height, int Width) Slide(WindowBorder border, int reachDown, int reachAcross, int strideDown, int strideAcross)
    {
        (int Height, int Width) before = (_height, _width);
        (_height, _width) = (
            ((_height + border.Top + border.Bottom - reachDown - 1) / strideDown) + 1, ((_width + border.Left + border.Right - reachAcross - 1) / strideAcross) + 1);
        return before;
    }
}
