using SiameseGen.Losses;
using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Tests.References;

/// <summary>The references themselves: each gradient against central differences of the values.</summary>
public class ReferenceGradientTests
{
    private const double Step = 1e-5, Tolerance = 1e-7;

    private static readonly Dictionary<string, (Func<IReferenceLayer> Layer, int InputLength)> Layers = new()
    {
        ["Conv2D"] = (() => new Conv2DReference(5, 4, 2, 3, 3, 2, 2, 1, 0, 3, 2, bias: true), 40),
        ["Conv2D with groups, dilated"] = (() => new Conv2DReference(5, 6, 4, 6, 2, 3, 1, 1, 0, 5, 2, bias: true, dilation: 2, groups: 2), 120),
        ["Conv2D without bias"] = (() => new Conv2DReference(4, 4, 1, 2, 3, 3, 1, 0, 0, 2, 2, bias: false), 16),
        ["DepthwiseConv2D"] = (() => new DepthwiseConv2DReference(5, 4, 2, 3, 2, 2, 1, 0, 3, 2, bias: true), 40),
        ["DepthwiseConv2D without bias"] = (() => new DepthwiseConv2DReference(4, 4, 3, 3, 3, 1, 0, 0, 2, 2, bias: false), 48),
        ["Dense"] = (() => new DenseReference(5, 3, bias: true), 5),
        ["BatchNorm"] = (() => new BatchNormReference(3, 1e-5, 0.1), 12),
        ["LayerNorm"] = (() => new GroupNormReference(1, 4, 1, 1e-5), 8),
        ["GroupNorm"] = (() => new GroupNormReference(3, 4, 2, 1e-5), 12),
        ["GeMPool"] = (() => new ReferenceSequence(new SoftplusReference(), new GeMPoolReference(4, 2, 3)), 8),
        ["Affine"] = (() => new AffineReference(-0.3, 0.7), 7),
        ["ReLU"] = (() => new ReLUReference(), 7),
        ["LeakyReLU"] = (() => new LeakyReLUReference(0.1), 7),
        ["PReLU"] = (() => new PReLUReference(3), 9),
        ["ELU"] = (() => new ELUReference(0.7), 7),
        ["GELU"] = (() => new GELUReference(byTanh: false), 7),
        ["GELU by tanh"] = (() => new GELUReference(byTanh: true), 7),
        ["SiLU"] = (() => new SiLUReference(), 7),
        ["HardSwish"] = (() => new HardSwishReference(), 7),
        ["Softplus"] = (() => new SoftplusReference(), 7),
        ["Sigmoid"] = (() => new SigmoidReference(), 7),
        ["Tanh"] = (() => new TanhReference(), 7),
        ["MaxPool2D"] = (() => new MaxPool2DReference(5, 4, 2, 3, 2, 1), 40),
        ["MaxPool2D with a border"] = (() => new MaxPool2DReference(5, 4, 2, 3, 2, 2, new WindowBorder(1, 1, 1, 0), 1), 40),
        ["AvgPool2D with a border"] = (() => new AvgPool2DReference(5, 4, 2, 3, 2, 2, new WindowBorder(1, 1, 1, 0), 1), 40),
        ["AvgPool2D"] = (() => new AvgPool2DReference(5, 4, 2, 2, 2, 2), 40),
        ["GlobalAvgPool"] = (() => new GlobalAvgPoolReference(2, 3, 4), 24),
        ["Dropout"] = (() => new DropoutReference(0.4, (item, index) => (item + (3 * index)) % 5 < 2), 9),
        ["Flatten"] = (() => new FlattenReference(), 6),
        ["L2Normalize"] = (() => new L2NormalizeReference(), 6),
        ["Residual"] = (() => new ResidualReference(new ReferenceSequence(new TanhReference(), new DenseReference(5, 5, bias: true)), null), 5),
        ["Residual with projection"] = (() => new ResidualReference(new DenseReference(5, 3, bias: true), new DenseReference(5, 3, bias: false)), 5),
        ["SqueezeExcite"] = (() => new SqueezeExciteReference(
            3, new ReferenceSequence(new GlobalAvgPoolReference(2, 2, 3), new DenseReference(3, 3, bias: true), new SigmoidReference())), 12),
    };

    public static TheoryData<string> LayerNames => [.. Layers.Keys];

    public static TheoryData<string, DistanceMetric> Losses()
    {
        var losses = new TheoryData<string, DistanceMetric>();
        foreach (DistanceMetric metric in Enum.GetValues<DistanceMetric>())
        {
            foreach (string name in (string[])["pairs", "pairs of classes", "triplets", "triplets of classes"])
            {
                if (metric is not DistanceMetric.DotProduct || name.StartsWith("triplets", StringComparison.Ordinal))
                    losses.Add(name, metric);
            }
        }

        return losses;
    }

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void Gradients_of_layers_are_slopes(string name)
    {
        const int items = 3;
        (Func<IReferenceLayer> make, int length) = Layers[name];
        IReferenceLayer layer = make();
        foreach (ReferenceParameter parameter in layer.Parameters)
            Random(2, parameter.Values.Length).CopyTo(parameter.Values, 0);
        double[] input = Random(1, items * length), weights = Random(3, layer.Forward(input, items).Length);
        double Loss() => layer.Forward(input, items).Zip(weights, (y, weight) => y * weight).Sum();

        Loss();
        double[] inputGradient = layer.Backward(weights);
        AssertSlopes(Loss, input, inputGradient);
        foreach (ReferenceParameter parameter in layer.Parameters)
            AssertSlopes(Loss, parameter.Values, parameter.Gradients);
        Assert.Contains(inputGradient, gradient => Math.Abs(gradient) > 0.01);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Gradients_of_losses_are_slopes(string name, DistanceMetric metric)
    {
        const int length = 4;
        LossReference loss = name switch
        {
            "pairs" => ContrastiveLossReference.OfPairs(1, metric, PairLabel.Similar, PairLabel.Dissimilar, PairLabel.Dissimilar),
            "pairs of classes" => ContrastiveLossReference.OfClasses(1, metric, 0, 1, 0, 2, 1, 0),
            "triplets" => TripletLossReference.OfTriplets(0.5, metric, 2),
            _ => TripletLossReference.OfClasses(0.5, metric, 0, 1, 0, 2, 1, 0),
        };
        double[] embeddings = [.. Random(4, 6 * length).Select(x => 0.5 * x)];
        double[] gradient = loss.Gradient(embeddings, length);
        AssertSlopes(() => loss.Value(embeddings, length), embeddings, gradient);
        Assert.Contains(gradient, slope => Math.Abs(slope) > 0.01);
    }

    // The circle loss's weights pass no gradient on, so that its gradient is no slope; published values confirm it. SimSiam's targets pass none on either.
    public static TheoryData<string> ClassLosses => [.. ClassLossReference.Kinds.Where(kind => kind != typeof(CircleLossAttribute) && kind != typeof(SimSiamLossAttribute) && !kind.Name.EndsWith("FaceRegularizerAttribute", StringComparison.Ordinal) && kind != typeof(SparseCentersRegularizerAttribute)).Select(kind => kind.Name), .. Variants.Keys];

    // Losses whose settings change what is learned.
    private static readonly Dictionary<string, LossAttribute> Variants = new()
    {
        ["One learned boundary"] = new MarginLossAttribute { Learned = LearnedBoundary.One },
        ["Means of anchors of pairs"] = new NTXentLossAttribute { Reduction = LossReduction.MeanOfAnchors },
        ["Means of anchors of triplets"] = new MarginLossAttribute { Reduction = LossReduction.MeanOfAnchors, Learned = LearnedBoundary.PerClass },
        ["A sum over anchors"] = new SupervisedContrastiveLossAttribute { Reduction = LossReduction.Sum },
        ["Triplets of ratios"] = new LiftedStructureLossAttribute { Distance = DistanceMetric.SignalToNoise },
        ["Triplets of products"] = new GeneralizedLiftedStructureLossAttribute { Distance = DistanceMetric.DotProduct },
        ["A learned boundary a class"] = new MarginLossAttribute { Learned = LearnedBoundary.PerClass },
    };

    [Theory]
    [MemberData(nameof(ClassLosses))]
    public void Gradients_of_losses_over_classes_are_slopes(string name)
    {
        const int length = 4;
        LossAttribute attribute = Variants.GetValueOrDefault(name) ?? (LossAttribute)Activator.CreateInstance(ClassLossReference.Kinds.Single(kind => kind.Name == name))!;
        if (attribute.GetType().GetProperty("Scale") is { } scale)
            scale.SetValue(attribute, 8f); // differences of steep losses have few digits
        int vectors = 3 * (attribute is SubCenterArcFaceLossAttribute sub ? sub.Centers : attribute is SoftTripleLossAttribute soft ? soft.Centers : 1);
        double[] proxies = Random(6, vectors * length);
        ClassLossReference loss = ClassLossReference.Of(attribute, [0, 1, 0, 2, 1, 0], [.. proxies.Chunk(length)])!;
        double[] embeddings = [.. Random(4, 6 * length).Select(x => 0.5 * x)];
        double[] gradient = loss.Gradient(embeddings, length);
        AssertSlopes(() => loss.Value(embeddings, length), embeddings, gradient);
        Assert.Contains(gradient, slope => Math.Abs(slope) > 0.01);

        loss.Gradient(embeddings, length);
        if (loss.ProxyGradient is { Length: > 0 } learned)
        {
            double ValueWithProxies()
            {
                loss.Proxies = [.. proxies.Chunk(length)];
                return loss.Value(embeddings, length);
            }

            AssertSlopes(ValueWithProxies, proxies, learned);
        }
    }

    [Fact]
    public void Gradients_of_regularizers_of_vectors_are_slopes()
    {
        const int length = 4;
        foreach (LossAttribute attribute in (LossAttribute[])[new RegularFaceRegularizerAttribute(), new SparseCentersRegularizerAttribute()])
        {
            double[] learned = Random(6, 3 * ClassLossReference.ClassCount * length), embeddings = Random(4, 6 * length);
            ClassLossReference loss = ClassLossReference.Of(attribute, [0, 1, 0, 2, 1, 0], [.. learned.Chunk(length)])!;
            Assert.All(loss.Gradient(embeddings, length), slope => Assert.Equal(0, slope));
            double[] gradient = loss.ProxyGradient;
            double Value()
            {
                loss.Proxies = [.. learned.Chunk(length)];
                return loss.Value(embeddings, length);
            }

            AssertSlopes(Value, learned, gradient);
            Assert.Contains(gradient, slope => Math.Abs(slope) > 0.01);
        }
    }

    [Fact]
    public void Gradients_of_a_predictor_are_slopes()
    {
        const int length = 8, hidden = 2;
        double[] learned = Random(6, (2 * hidden * length) + (2 * hidden) + length), embeddings = Random(4, 6 * length);
        ClassLossReference loss = ClassLossReference.Of(new SimSiamLossAttribute { Hidden = hidden }, [0, 1, 2, 0, 1, 2], [.. learned.Chunk(length)])!;
        loss.Gradient(embeddings, length);
        double[] gradient = loss.ProxyGradient;
        double Value()
        {
            loss.Proxies = [.. learned.Chunk(length)];
            return loss.Value(embeddings, length);
        }

        AssertSlopes(Value, learned, gradient);
        Assert.Contains(gradient, slope => Math.Abs(slope) > 0.01);
    }

    [Fact]
    public void Gradients_of_a_whole_network_are_slopes()
    {
        const int items = 4;
        var network = new ReferenceNetwork(
            new Conv2DReference(6, 6, 1, 2, 3, 3, 1, 1, 1, 6, 6, bias: false),
            new BatchNormReference(2, 1e-5, 0.1),
            new TanhReference(),
            new AvgPool2DReference(6, 6, 2, 2, 2, 2),
            new FlattenReference(),
            new DenseReference(18, 3, bias: true),
            new L2NormalizeReference());
        uint seed = 10;
        foreach (ReferenceParameter parameter in network.Parameters)
            Random(seed++, parameter.Values.Length).CopyTo(parameter.Values, 0);
        double[] input = Random(5, items * 36);
        var loss = ContrastiveLossReference.OfPairs(1.5, DistanceMetric.Euclidean, PairLabel.Similar, PairLabel.Dissimilar);

        network.Step(loss, input, items);
        double[][] gradients = [.. network.Parameters.Select(parameter => (double[])parameter.Gradients.Clone())];
        Assert.Equal(["weight", "gain", "shift", "weight", "bias"], network.Parameters.Select(parameter => parameter.Role));
        foreach ((ReferenceParameter parameter, double[] gradient) in network.Parameters.Zip(gradients))
            AssertSlopes(() => loss.Value(network.Forward(input, items), 3), parameter.Values, gradient);
    }

    [Fact]
    public void At_inference_batch_normalisation_uses_running_statistics_and_dropout_does_nothing()
    {
        var normalization = new BatchNormReference(1, 0, 0.1);
        normalization.Forward([1, 3], 2);
        Assert.Equal(0.2, normalization.RunningMean[0], 1e-12);
        Assert.Equal(0.9 + (0.1 * 2), normalization.RunningVariance[0], 1e-12);
        Assert.Equal((5 - 0.2) / Math.Sqrt(1.1), normalization.Infer([5], 1)[0], 1e-12);
        Assert.Equal([5], ((IReferenceLayer)new DropoutReference(0.5, (_, _) => true)).Infer([5], 1));
    }

    // Far enough from 0, where rectifiers have their kink, and from each other, where maxima change.
    private static double[] Random(uint index, int count)
    {
        var random = new CounterRandom(7, CounterRandom.Purpose.Data, index);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = random.NextSingle(0.05f, 1.5f) * (random.NextInt32(2) == 0 ? 1 : -1);
        return values;
    }

    private static void AssertSlopes(Func<double> loss, double[] at, double[] gradient)
    {
        for (int i = 0; i < at.Length; i++)
        {
            double value = at[i];
            at[i] = value + Step;
            double up = loss();
            at[i] = value - Step;
            double down = loss();
            at[i] = value;
            Assert.Equal((up - down) / (2 * Step), gradient[i], Tolerance);
        }
    }
}
