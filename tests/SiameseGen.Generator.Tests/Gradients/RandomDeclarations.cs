using System.Globalization;
using System.Text.RegularExpressions;

namespace SiameseGen.Generator.Tests.Gradients;

/// <summary>Valid encoders at random, as a user would write them: layers of odd sizes in any order that shapes allow, with any loss on any distance.</summary>
internal sealed partial class RandomDeclarations
{
    private const int LargestSide = 9, LargestChannels = 19, LargestStart = 500;

    private static readonly string[] Losses =
    [
        "ContrastiveLoss(Margin = 3f)", "ContrastiveLoss(Margin = 6f, Distance = DistanceMetric.SquaredEuclidean)",
        "ContrastiveLoss(Margin = 8f, Distance = DistanceMetric.Manhattan)", "ContrastiveLoss(Margin = 1.2f, Distance = DistanceMetric.Cosine)",
        "TripletLoss(Margin = 2f)", "TripletLoss(Margin = 4f, Distance = DistanceMetric.SquaredEuclidean)",
        "TripletLoss(Margin = 5f, Distance = DistanceMetric.Manhattan)", "TripletLoss(Margin = 0.8f, Distance = DistanceMetric.Cosine)",
        "NTXentLoss(Temperature = 0.5f)", "SupervisedContrastiveLoss(Temperature = 0.5f)", "NPairsLoss", "MultiSimilarityLoss(Beta = 10f)", "CircleLoss(Scale = 8f)", "MarginLoss(Margin = 1f)",
        "LiftedStructureLoss", "GeneralizedLiftedStructureLoss", "AngularLoss", "FastAPLoss(Bins = 5)", "NCALoss", "SignalToNoiseRatioLoss",
        "ArcFaceLoss(Scale = 8f)", "SubCenterArcFaceLoss(Centers = 2, Scale = 8f)", "CosFaceLoss(Scale = 8f)", "SphereFaceLoss(Multiplier = 2, Scale = 8f)", "NormalizedSoftmaxLoss(Temperature = 0.2f)", "ProxyNCALoss",
        "ProxyAnchorLoss(Alpha = 8f)", "SoftTripleLoss(Centers = 2, Scale = 8f)",
        "WeightedL1Loss", "BarlowTwinsLoss(Redundancy = 0.1f)", "VICRegLoss(Invariance = 2f, Variance = 3f)", "SimSiamLoss(Hidden = 4)",
        "NTXentLoss(Temperature = 0.5f, Weight = 1f), NormRegularizer(Weight = 0.1f), ZeroMeanRegularizer(Weight = 0.1f), CenterInvariantRegularizer(Weight = 0.1f)",
        "SoftTripleLoss(Centers = 2, Scale = 8f, Weight = 1f), RegularFaceRegularizer(Weight = 0.2f), SparseCentersRegularizer(Weight = 0.2f)",
    ];

    private readonly Random _random;
    private readonly int _number;
    private readonly List<string> _blocks = [];
    private List<string> _attributes = [];
    private int _height = 1;
    private int _width = 1;
    private int _channels;
    private bool _image;

    private RandomDeclarations(Random random, int number) => (_random, _number) = (random, number);

    private string Last => _attributes[^1];

    /// <summary>Makes declarations.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Equal seeds make equal ones.</param>
    /// <returns>Blocks, then the attribute lists of an encoder with a loss.</returns>
    public static IEnumerable<string> Make(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
            yield return new RandomDeclarations(random, i).Make(Losses[i % Losses.Length]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string Make(string loss)
    {
        Start();
        for (int layers = _random.Next(2, 9); layers > 0; layers--)
        {
            if (_image)
                AddToImage();
            else
                AddToVector();
        }

        if (_image)
            Flatten();

        // An embedding of few values, none of which an activation or dropout makes 0, so that no loss vanishes.
        if (_channels > 24 || _channels < 2 || !Last.StartsWith("Dense", StringComparison.Ordinal))
            Dense(_random.Next(2, 12));

        // Of two values only their direction would be left, so that gradients nearly cancel, and what is left of them is rounding.
        if (_random.Next(3) == 0 && _channels > 2)
        {
            _attributes.Add("L2Normalize");
            loss = Margin().Replace(loss, loss.StartsWith("MarginLoss", StringComparison.Ordinal) ? "Margin = 0.4f" : loss.Contains("Squared", StringComparison.Ordinal) ? "Margin = 2.5f" : "Margin = 1.2f"); // within reach
        }

        return $"{string.Concat(_blocks)}[Encoder]\n[{string.Join(", ", _attributes)}]\n[{loss}]";
    }

    private void Start()
    {
        _image = _random.Next(3) > 0;
        (_height, _width, _channels) = _image
            ? (_random.Next(3, LargestSide + 1), _random.Next(3, LargestSide + 1), _random.Next(1, 5))
            : (1, 1, _random.Next(2, 40));
        if (_height * _width * _channels > LargestStart)
            _channels = 1;
        _attributes.Add(_image ? Text($"Image({_height}, {_width}, Channels = {_channels})") : Text($"Features({_channels})"));
    }

    private void AddToImage()
    {
        int side = Math.Min(_height, _width);
        switch (_random.Next(14))
        {
            case 10 or 11:
                Block();
                break;
            case 12:
                _attributes.Add(Text($"SqueezeExcite({_random.Next(1, 5)})"));
                break;
            case 13:
                Convolution(side, depthwise: false, separable: true);
                break;
            case 0 or 1 or 2:
                Convolution(side, depthwise: false);
                break;
            case 7:
                Convolution(side, depthwise: true);
                break;
            case 3 when side > 1:
                Pool("MaxPool2D", side);
                break;
            case 4 when side > 1:
                Pool("AvgPool2D", side);
                break;
            case 5 when _random.Next(2) == 0:
                _attributes.Add(_random.Next(3) switch { 0 => "GlobalAvgPool", 1 => "GlobalMaxPool", _ => "GeMPool" });
                (_height, _width, _image) = (1, 1, false);
                break;
            case 6 when _random.Next(2) == 0:
                Flatten();
                break;
            default:
                AddToAny();
                break;
        }
    }

    private void AddToVector()
    {
        switch (_random.Next(9))
        {
            case 7 or 8:
                Block();
                break;
            case 0 or 1 or 2:
                Dense(_random.Next(1, 37));
                break;
            case 3 when _channels > 1 && Last.StartsWith("Dense", StringComparison.Ordinal):
                _attributes.Add("L2Normalize");
                break;
            case 4 when _random.Next(4) == 0:
                Flatten();
                break;
            default:
                AddToAny();
                break;
        }
    }

    private void AddToAny()
    {
        string layer = _random.Next(18) switch
        {
            13 when _channels > 2 => "LayerNorm",
            14 when _channels % 3 == 0 && (_image || _channels > 3) => "GroupNorm(3)",
            15 when _image => Text($"SpatialDropout(0.{_random.Next(1, 5)}f)"),
            16 => Text($"Rescale({_random.Next(2) + 0.5f}f)"),
            17 => _random.Next(2) == 0 ? "Invert" : "Standardize(0.25f, 0.5f)",
            7 => "PReLU",
            8 => Text($"ELU(Alpha = 0.{_random.Next(1, 10)}f)"),
            9 => _random.Next(2) == 0 ? "GELU" : "GELU(Approximation = GELUApproximation.Tanh)",
            10 => "SiLU",
            11 => "HardSwish",
            12 => "Softplus",
            0 or 1 => _random.Next(2) == 0 ? "BatchNorm" : Text($"BatchNorm(Epsilon = 0.01f, Momentum = 0.{_random.Next(1, 10)}f)"),
            2 => "ReLU",
            3 => _random.Next(2) == 0 ? "LeakyReLU" : Text($"LeakyReLU(Slope = 0.{_random.Next(1, 10)}f)"),
            4 => "Sigmoid",
            5 => "Tanh",
            _ => Text($"Dropout(0.{_random.Next(1, 6)}f)"),
        };

        // Several sigmoids in a row make all embeddings nearly equal; what is left of their differences is rounding.
        if (layer != Last)
            _attributes.Add(layer);
    }

    private void Convolution(int side, bool depthwise, bool separable = false)
    {
        if (_random.Next(3) == 0)
        {
            OddConvolution(depthwise, separable);
            return;
        }

        bool same = _random.Next(2) == 0;
        int filters = depthwise ? _channels : _random.Next(1, LargestChannels + 1), kernel = _random.Next(1, (same ? 5 : Math.Min(side, 4)) + 1), stride = _random.Next(1, 4);
        int zeros = same ? kernel - 1 : 0;
        (_height, _width, _channels) = (((_height + zeros - kernel) / stride) + 1, ((_width + zeros - kernel) / stride) + 1, filters);
        string padding = $", Padding = Padding.{(same ? "Same" : "Valid")}", bias = _random.Next(4) switch { 0 => ", Bias = false", 1 => ", Bias = true", _ => "" };
        string kind = depthwise ? "DepthwiseConv2D(" : Text($"{(separable ? "Separable" : "")}Conv2D({filters}, ");
        _attributes.Add(Text($"{kind}Kernel = {kernel}, Stride = {stride}{padding}{bias})"));
    }

    // Kernels that are not square, taps apart from one another, borders of any width, and groups.
    private void OddConvolution(bool depthwise, bool separable)
    {
        int filters = depthwise ? _channels : _random.Next(1, LargestChannels + 1), stride = _random.Next(1, 3), dilation = _random.Next(1, 4), groups = 1;
        for (int divisor = 2; !depthwise && !separable && divisor <= _channels && groups == 1; divisor++)
        {
            if (_channels % divisor == 0)
                (groups, filters) = (divisor, divisor * _random.Next(1, 4));
        }

        (int height, int top, int bottom, int rows) = Odd(_height, stride, dilation);
        (int width, int left, int right, int columns) = Odd(_width, stride, dilation);
        (_height, _width, _channels) = (rows, columns, filters);
        string kind = depthwise ? "DepthwiseConv2D(" : Text($"{(separable ? "Separable" : "")}Conv2D({filters}, ");
        _attributes.Add(Text($"{kind}KernelHeight = {height}, KernelWidth = {width}, Stride = {stride}, Dilation = {dilation}, ")
            + Text($"PadTop = {top}, PadBottom = {bottom}, PadLeft = {left}, PadRight = {right}{(groups > 1 ? Text($", Groups = {groups}") : "")})"));
    }

    private (int Kernel, int Before, int After, int Places) Odd(int size, int stride, int dilation)
    {
        int kernel = _random.Next(1, 4), reach = (kernel - 1) * dilation;
        int before = _random.Next(reach + 1), after = Math.Max(_random.Next(reach + 1), reach + 1 - size - before);
        return (kernel, before, after, ((size + before + after - reach - 1) / stride) + 1);
    }

    // Layers that keep the shape, as a block; or two blocks that change it alike.
    private void Block()
    {
        // Of one value nothing is left after a batch normalisation and a squashing function or two but rounding.
        switch (_channels == 1 ? 3 : _random.Next(4))
        {
            case 0:
                _attributes.Add(Text($"Use<{Declare(Keep)}>"));
                break;
            case 1:
                _attributes.Add(Text($"Repeat<{Declare(Keep)}>({_random.Next(1, 3)})"));
                break;
            case 2:
                _attributes.Add(Text($"Residual<{Declare(Keep)}>"));
                break;
            default:
                int units = _random.Next(2, LargestChannels + 1), stride = _image ? _random.Next(1, 3) : 1;
                string body = Declare(() => Change(units, 3, stride)), shortcut = Declare(() => Change(units, 1, stride));
                _attributes.Add($"Residual<{body}, {shortcut}>");
                (_height, _width, _channels) = (((_height - 1) / stride) + 1, ((_width - 1) / stride) + 1, units);
                break;
        }
    }

    private string Declare(Action add)
    {
        List<string> outer = _attributes;
        _attributes = ["Block"];
        add();
        string name = Text($"Block{_number}x{_blocks.Count}");
        _blocks.Add($"[{string.Join(", ", _attributes)}]\npublic class {name};\n");
        _attributes = outer;
        return name;
    }

    private void Keep()
    {
        int channels = _channels;
        for (int layers = _random.Next(1, 4); layers > 0; layers--)
        {
            if (_random.Next(2) == 0)
                AddToAny();
            else
                Change(channels, 3, 1);
        }

        if (_attributes.Count == 1)
            AddToAny();
    }

    private void Change(int units, int kernel, int stride) =>
        _attributes.Add(_image ? Text($"Conv2D({units}, Kernel = {kernel}, Stride = {stride}, Padding = Padding.Same)") : Text($"Dense({units})"));

    private void Pool(string kind, int side)
    {
        int size = _random.Next(1, Math.Min(side, 3) + 1), stride = _random.Next(1, 4), pad = _random.Next((size / 2) + 1);
        if (_random.Next(3) == 0)
        {
            int across = _random.Next(1, Math.Min(side, 3) + 1), left = Math.Min(pad, across / 2);
            (_height, _width) = (((_height + (2 * pad) - size) / size) + 1, ((_width + (2 * left) - across) / across) + 1);
            _attributes.Add(Text($"{kind}({size}, {across}, Pad = {pad}, PadLeft = {left}, PadRight = {left})"));
            return;
        }

        (_height, _width) = (((_height - size) / stride) + 1, ((_width - size) / stride) + 1);
        _attributes.Add(Text($"{kind}({size}, Stride = {stride})"));
    }

    private void Dense(int units)
    {
        _channels = units;
        _attributes.Add(Text($"Dense({units}{(_random.Next(5) == 0 ? ", Bias = false" : "")})"));
    }

    private void Flatten()
    {
        (_height, _width, _channels, _image) = (1, 1, _height * _width * _channels, false);
        _attributes.Add("Flatten");
    }

    [GeneratedRegex("Margin = [0-9.]+f")]
    private static partial Regex Margin();
}
