using SiameseGen.Losses;
using static SiameseGen.Reference.Number;

namespace SiameseGen.Reference;

/// <summary>Losses over batches of classes by their definitions, a line of mathematics each; the slopes follow by themselves.</summary>
public sealed class ClassLossReference : LossReference
{
    /// <summary>Classes that there are learned vectors of.</summary>
    public const int ClassCount = 4;

    private readonly int[] _classes;
    private readonly Func<ClassLossReference, Number[][], Number> _loss;
    private readonly int _perClass;
    private LossReduction _reduction;
    private Number[][] _proxies = [];

    private ClassLossReference(int[] classes, Func<ClassLossReference, Number[][], Number> loss, double[][]? proxies = null, int perClass = 1)
    {
        (_classes, _loss, _perClass) = (classes, loss, perClass);
        Proxies = proxies ?? [];
    }

    /// <summary>Learned vectors of the classes: those of class 0, those of class 1, and so on.</summary>
    public double[][] Proxies { get; set; }

    /// <summary>Whether the loss learns them.</summary>
    public bool Learns { get; init; }

    /// <summary>The gradient of the last loss with respect to them.</summary>
    public double[] ProxyGradient => [.. _proxies.SelectMany(row => row).Select(number => number.Slope)];

    private int[] Items => [.. Enumerable.Range(0, _classes.Length)];

    /// <summary>The kinds of losses that have a reference here.</summary>
    public static IReadOnlyCollection<Type> Kinds { get; } =
    [
        typeof(NTXentLossAttribute), typeof(SupervisedContrastiveLossAttribute), typeof(NPairsLossAttribute), typeof(MultiSimilarityLossAttribute), typeof(CircleLossAttribute),
        typeof(MarginLossAttribute), typeof(LiftedStructureLossAttribute), typeof(GeneralizedLiftedStructureLossAttribute), typeof(AngularLossAttribute), typeof(FastAPLossAttribute),
        typeof(NCALossAttribute), typeof(SignalToNoiseRatioLossAttribute),
        typeof(ArcFaceLossAttribute), typeof(SubCenterArcFaceLossAttribute), typeof(CosFaceLossAttribute), typeof(SphereFaceLossAttribute), typeof(NormalizedSoftmaxLossAttribute),
        typeof(ProxyNCALossAttribute), typeof(ProxyAnchorLossAttribute), typeof(SoftTripleLossAttribute), typeof(WeightedL1LossAttribute),
        typeof(BarlowTwinsLossAttribute), typeof(VICRegLossAttribute), typeof(SimSiamLossAttribute),
        typeof(NormRegularizerAttribute), typeof(ZeroMeanRegularizerAttribute), typeof(CenterInvariantRegularizerAttribute), typeof(RegularFaceRegularizerAttribute), typeof(SparseCentersRegularizerAttribute),
    ];

    /// <summary>A triplet loss with a swap, a soft margin or a reduction, over triplets (i, i + n, i + 2n) or over all of a batch of classes.</summary>
    public static ClassLossReference OfTriplets(TripletLossAttribute a, int[] classes, int triplets) => new(classes, (my, e) =>
    {
        IEnumerable<(int A, int P, int N)> all = triplets == 0 ? my.Triplets() : Enumerable.Range(0, triplets).Select(i => (i, i + triplets, i + (2 * triplets)));
        Number[] losses =
        [
            .. all.Select(t =>
            {
                Number far = Distance(a.Distance, e[t.A], e[t.N]), other = Distance(a.Distance, e[t.P], e[t.N]);
                Number missing = Distance(a.Distance, e[t.A], e[t.P]) - (a.Swap && other.Value < far.Value ? other : far) + a.Margin;
                return a.Soft ? LogSumExp(0, missing) : Max(0, missing);
            }),
        ];
        return a.Reduction switch
        {
            LossReduction.Default or LossReduction.MeanOfAnchors when triplets > 0 => Mean(losses),
            _ => Reduce([.. all.Select((t, i) => (t.A, losses[i]))], a.Reduction, MeanOfActive),
        };
    });

    /// <summary>A contrastive loss without squares or with a reduction, over pairs (i, i + n) or over all of a batch of classes.</summary>
    public static ClassLossReference OfPairs(ContrastiveLossAttribute a, int[] classes, PairLabel[] labels) => new(classes, (my, e) =>
    {
        Number Squared(Number x) => a.Squared ? x * x : x;
        Number Near(int i, int k) => Squared(Distance(a.Distance, e[i], e[k]));
        Number Far(int i, int k) => Squared(Max(0, a.Margin - Distance(a.Distance, e[i], e[k])));
        if (labels.Length > 0)
            return Reduce([.. labels.Select((label, i) => (i, label is PairLabel.Similar ? Near(i, i + labels.Length) : Far(i, i + labels.Length)))], a.Reduction, Mean);
        Number Reduced(Func<int, int[]> others, Func<int, int, Number> loss) =>
            Reduce([.. my.Items.SelectMany(i => others(i).Where(k => k > i || a.Reduction is LossReduction.MeanOfAnchors).Select(k => (i, loss(i, k))))], a.Reduction, Mean);
        return Reduced(my.Positives, Near) + Reduced(my.Negatives, Far);
    });

    /// <summary>The cross entropy of a learned weighted sum of differences, over pairs (i, i + n) or over all of a batch of classes.</summary>
    public static ClassLossReference OfWeightedL1(int[] classes, PairLabel[] labels, double[][] learned) => new(classes, (my, e) =>
    {
        Number Logit(int i, int k) => Sum(my._proxies[0].Zip(e[i].Zip(e[k], (a, b) => Abs(a - b)), (weight, gap) => weight * gap)) + my._proxies[1][0];
        Number Near(int i, int k) => LogSumExp(0, -Logit(i, k));
        Number Far(int i, int k) => LogSumExp(0, Logit(i, k));
        return labels.Length > 0
            ? Mean(labels.Select((label, i) => label is PairLabel.Similar ? Near(i, i + labels.Length) : Far(i, i + labels.Length)))
            : 0.5 * (Mean(my.Items.SelectMany(i => my.Positives(i).Select(p => Near(i, p)))) + Mean(my.Items.SelectMany(i => my.Negatives(i).Select(n => Far(i, n)))));
    }, learned)
    { Learns = true };

    /// <summary>The reference of a declared loss; null when it has none here.</summary>
    public static ClassLossReference? Of(LossAttribute? attribute, int[] classes, double[][]? proxies = null)
    {
        if (attribute is WeightedL1LossAttribute)
            return OfWeightedL1(classes, [], proxies ?? []);
        int perClass = attribute switch { SubCenterArcFaceLossAttribute a => a.Centers, SoftTripleLossAttribute a => a.Centers, SparseCentersRegularizerAttribute or RegularFaceRegularizerAttribute => Math.Max(1, (proxies?.Length ?? 0) / ClassCount), _ => 1 };
        Func<ClassLossReference, Number[][], Number>? loss = attribute switch
        {
            NTXentLossAttribute a => (my, e) => my.Pairs((i, p) => LogSumExp([.. my.Negatives(i).Append(p).Select(k => my.Scale(a.Learned, a.Temperature) * Cosine(e[i], e[k]))]) - (my.Scale(a.Learned, a.Temperature) * Cosine(e[i], e[p]))),
            SupervisedContrastiveLossAttribute a => (my, e) => my.Anchors(
                i => LogSumExp([.. my.Items.Where(k => k != i).Select(k => my.Scale(a.Learned, a.Temperature) * Cosine(e[i], e[k]))]) - Mean(my.Positives(i).Select(p => my.Scale(a.Learned, a.Temperature) * Cosine(e[i], e[p]))),
                activeOnly: true,
                needsNegatives: false),
            NPairsLossAttribute a => (my, e) => my.Pairs((i, p) => LogSumExp([0, .. my.Negatives(i).Select(n => Product(e[i], e[n]) - Product(e[i], e[p]))]))
                + (a.Regularization * Mean(e.Select(row => Product(row, row)))),
            MultiSimilarityLossAttribute a => (my, e) => my.Reduced(
                my.Items.Select(i => (i,
                    (LogSumExp([0, .. my.Positives(i).Select(p => -a.Alpha * (Cosine(e[i], e[p]) - a.Base))]) / a.Alpha)
                    + (LogSumExp([0, .. my.Negatives(i).Select(n => a.Beta * (Cosine(e[i], e[n]) - a.Base))]) / a.Beta))),
                Mean),
            CircleLossAttribute a => (my, e) => my.Anchors(
                i =>
                {
                    // The weights are numbers without a past, as the paper has it.
                    IEnumerable<Number> near = my.Positives(i).Select(p => Cosine(e[i], e[p])).Select(s => -a.Scale * Math.Max(0, 1 + a.Margin - s.Value) * (s - (1 - a.Margin)));
                    IEnumerable<Number> far = my.Negatives(i).Select(n => Cosine(e[i], e[n])).Select(s => a.Scale * Math.Max(0, s.Value + a.Margin) * (s - a.Margin));
                    return LogSumExp([0, LogSumExp([.. near]) + LogSumExp([.. far])]);
                },
                activeOnly: true),
            MarginLossAttribute a => (my, e) => my.Reduced(my.Triplets().SelectMany<(int A, int P, int N), Number>(t =>
                [Max(0, Distance(a.Distance, e[t.A], e[t.P]) - my.Beta(a, t.A) + a.Margin), Max(0, my.Beta(a, t.A) - Distance(a.Distance, e[t.A], e[t.N]) + a.Margin)]).Zip(my.Triplets().SelectMany(t => (int[])[t.A, t.A]), (loss, anchor) => (anchor, loss)), MeanOfActive),
            LiftedStructureLossAttribute a => (my, e) => my.Pairs((i, p) =>
            {
                Number[] far = [.. my.Negatives(i).SelectMany<int, Number>(n => [a.Margin - Distance(a.Distance, e[i], e[n]), a.Margin - Distance(a.Distance, e[p], e[n])])];
                Number violation = Max(0, Distance(a.Distance, e[i], e[p]) + LogSumExp(far));
                return 0.5 * violation * violation;
            }),
            GeneralizedLiftedStructureLossAttribute a => (my, e) => my.Anchors(
                i => Max(0, LogSumExp([.. my.Positives(i).Select(p => Distance(a.Distance, e[i], e[p]))]) + LogSumExp([.. my.Negatives(i).Select(n => a.Margin - Distance(a.Distance, e[i], e[n]))])),
                activeOnly: false),
            AngularLossAttribute a => (my, e) => my.Pairs((i, p) =>
            {
                double square = Math.Pow(Math.Tan(a.Degrees * Math.PI / 180), 2);
                return LogSumExp([0, .. my.Negatives(i).Select(n => (4 * square * (Cosine(e[i], e[n]) + Cosine(e[p], e[n]))) - (2 * (1 + square) * Cosine(e[i], e[p])))]);
            }),
            FastAPLossAttribute a => (my, e) => my.Anchors(i => 1 - (my.Precision(e, i, a.Bins) / my.Positives(i).Length), activeOnly: false, needsNegatives: false),
            NCALossAttribute a => (my, e) => my.Anchors(
                i => LogSumExp([.. my.Items.Where(k => k != i).Select(k => -a.Scale * Distance(DistanceMetric.SquaredEuclidean, e[i], e[k]))])
                    - LogSumExp([.. my.Positives(i).Select(p => -a.Scale * Distance(DistanceMetric.SquaredEuclidean, e[i], e[p]))]),
                activeOnly: false, needsNegatives: false),
            SignalToNoiseRatioLossAttribute a => (my, e) =>
                MeanOfActive(my.Items.SelectMany(i => my.Positives(i).Select(p => Max(0, SignalToNoise(e[i], e[p]) - a.PositiveMargin))))
                + MeanOfActive(my.Items.SelectMany(i => my.Negatives(i).Select(n => Max(0, a.NegativeMargin - SignalToNoise(e[i], e[n]))))),
            ArcFaceLossAttribute a => (my, e) => my.Softmax(e, a.Scale, cosine => AddAngle(cosine, a.Degrees)),
            SubCenterArcFaceLossAttribute a => (my, e) => my.Softmax(e, a.Scale, cosine => AddAngle(cosine, a.Degrees)),
            CosFaceLossAttribute a => (my, e) => my.Softmax(e, a.Scale, cosine => cosine - a.Margin),
            SphereFaceLossAttribute a => (my, e) => my.Softmax(e, a.Scale, cosine => MultiplyAngle(cosine, a.Multiplier)),
            NormalizedSoftmaxLossAttribute a => (my, e) => my.Softmax(e, 1 / a.Temperature, cosine => cosine),
            ProxyNCALossAttribute a => (my, e) => Mean(my.Items.Select(i =>
                LogSumExp([.. my._proxies.Select(p => -a.Factor * Distance(DistanceMetric.SquaredEuclidean, Unit(e[i]), Unit(p)))])
                + (a.Factor * Distance(DistanceMetric.SquaredEuclidean, Unit(e[i]), Unit(my._proxies[my._classes[i]]))))),
            ProxyAnchorLossAttribute a => (my, e) =>
            {
                Number OfProxy(int p, bool isOwn) => LogSumExp(
                    [0, .. my.Items.Where(i => my._classes[i] == p == isOwn).Select(i => a.Alpha * (isOwn ? a.Margin - Cosine(e[i], my._proxies[p]) : a.Margin + Cosine(e[i], my._proxies[p])))]);
                return Mean(my._classes.Distinct().Select(p => OfProxy(p, isOwn: true))) + Mean(Enumerable.Range(0, my._proxies.Length).Select(p => OfProxy(p, isOwn: false)));
            }
            ,
            SoftTripleLossAttribute a => (my, e) => Mean(my.Items.Select(i =>
            {
                Number[] logits = [.. my._proxies.Chunk(a.Centers).Select((centers, c) =>
                {
                    Number[] cosines = [.. centers.Select(center => Cosine(e[i], center))];
                    Number all = LogSumExp([.. cosines.Select(cosine => cosine / a.Gamma)]);
                    return a.Scale * (Sum(cosines.Select(cosine => Exp((cosine / a.Gamma) - all) * cosine)) - (c == my._classes[i] ? a.Margin : 0));
                })];
                return LogSumExp(logits) - logits[my._classes[i]];
            })),
            BarlowTwinsLossAttribute a => (_, e) => ViewLossReference.BarlowTwins(a, e),
            VICRegLossAttribute a => (_, e) => ViewLossReference.VICReg(a, e),
            SimSiamLossAttribute a => (my, e) => ViewLossReference.SimSiam(a, e, [.. my._proxies.SelectMany(row => row)]),
            NormRegularizerAttribute a => (_, e) => Mean(e.Select(row => Exp(Log(Sum(row.Select(value => Exp(a.Power * Log(Abs(value)))))) / a.Power))),
            ZeroMeanRegularizerAttribute => (_, e) => Mean(e.Select(row => Abs(Sum(row)))),
            CenterInvariantRegularizerAttribute => (_, e) =>
            {
                Number[] squares = [.. e.Select(row => Product(row, row))];
                Number mean = Mean(squares);
                return 0.25 * Mean(squares.Select(square => (square - mean) * (square - mean)));
            }
            ,
            RegularFaceRegularizerAttribute => (my, _) => Mean(my._proxies.Select((own, i) => my._proxies.Where((_, j) => j / my._perClass != i / my._perClass).Select(other => Cosine(own, other)).MaxBy(cosine => cosine.Value)!)),
            SparseCentersRegularizerAttribute => (my, _) =>
            {
                int classCount = my._proxies.Length / my._perClass;
                IEnumerable<Number> gaps = my._proxies.Chunk(my._perClass).SelectMany(own => own.SelectMany((s, i) => own.Skip(i + 1).Select(t => Sqrt(2 - (2 * Cosine(s, t)) + 1e-5))));
                return Sum(gaps) / (classCount * my._perClass * (my._perClass - 1));
            }
            ,
            _ => null,
        };
        return loss is null ? null : new ClassLossReference(classes, loss, proxies, perClass)
        {
            _reduction = (LossReduction?)attribute!.GetType().GetProperty("Reduction")?.GetValue(attribute) ?? LossReduction.Default,
            Learns = attribute switch
            {
                MarginLossAttribute margin => margin.Learned is not LearnedBoundary.None,
                NTXentLossAttribute a => a.Learned is not LearnedScale.None,
                SupervisedContrastiveLossAttribute a => a.Learned is not LearnedScale.None,
                RegularFaceRegularizerAttribute or SparseCentersRegularizerAttribute => true,
                _ => attribute!.GetType().GetProperty("LearningRateFactor") is not null,
            },
        };
    }

    public override double Value(double[][] embeddings)
    {
        _proxies = Numbers(Proxies);
        return _loss(this, Numbers(embeddings)).Value;
    }

    public override double[] Gradient(double[] embeddings, int length)
    {
        Number[][] numbers = Numbers([.. embeddings.Chunk(length)]);
        _proxies = Numbers(Proxies);
        _loss(this, numbers).Follow();
        return [.. numbers.SelectMany(row => row).Select(number => number.Slope)];
    }

    // What is learned is the logarithm of the scale.
    private Number Scale(LearnedScale learned, double temperature) => learned is LearnedScale.None ? 1 / temperature : Number.Exp(_proxies[0][0]);

    private Number Beta(MarginLossAttribute margin, int anchor) => margin.Learned switch
    {
        LearnedBoundary.None => margin.Beta,
        LearnedBoundary.One => _proxies[0][0],
        _ => _proxies.SelectMany(row => row).ElementAt(_classes[anchor]),
    };

    // The cross entropy of scaled cosines, of several vectors a class that of the closest, with a margin on that of the own class.
    private Number Softmax(Number[][] e, double scale, Func<Number, Number> target) => Mean(Items.Select(i =>
    {
        Number[] logits =
        [
            .. _proxies.Chunk(_perClass).Select((vectors, c) =>
            {
                Number cosine = vectors.Select(vector => Cosine(e[i], vector)).MaxBy(value => value.Value)!;
                return scale * (c == _classes[i] ? target(cosine) : cosine);
            }),
        ];
        return LogSumExp(logits) - logits[_classes[i]];
    }));

    private static Number AddAngle(Number cosine, double degrees)
    {
        double margin = degrees * Math.PI / 180;
        return Math.Acos(cosine.Value) > Math.PI - margin
            ? cosine - (margin * Math.Sin(margin))
            : (Math.Cos(margin) * cosine) - (Math.Sin(margin) * Sqrt(1 - (cosine * cosine)));
    }

    private static Number MultiplyAngle(Number cosine, int multiplier)
    {
        Number before = 1, multiple = cosine;
        for (int i = 1; i < multiplier; i++)
            (before, multiple) = (multiple, (2 * cosine * multiple) - before);
        int turn = (int)(multiplier * Math.Acos(cosine.Value) / Math.PI);
        return ((turn % 2 == 0 ? 1 : -1) * multiple) - (2 * turn);
    }

    private static Number[] Unit(Number[] a)
    {
        Number norm = Sqrt(Product(a, a));
        return [.. a.Select(value => value / norm)];
    }

    private static Number[][] Numbers(double[][] embeddings) => [.. embeddings.Select(row => row.Select(value => (Number)value).ToArray())];

    private int[] Positives(int anchor) => [.. Items.Where(k => k != anchor && _classes[k] == _classes[anchor])];

    private int[] Negatives(int anchor) => [.. Items.Where(k => _classes[k] != _classes[anchor])];

    private IEnumerable<(int A, int P, int N)> Triplets() =>
        from a in Items
        from p in Positives(a)
        from n in Negatives(a)
        select (a, p, n);

    // The mean over all pairs of an anchor and a positive that have a negative.
    private Number Pairs(Func<int, int, Number> loss) => Reduced(from i in Items where Negatives(i).Length > 0 from p in Positives(i) select (i, loss(i, p)), Mean);

    private Number Anchors(Func<int, Number> loss, bool activeOnly, bool needsNegatives = true)
    {
        IEnumerable<(int, Number)> losses = Items.Where(i => Positives(i).Length > 0 && (!needsNegatives || Negatives(i).Length > 0)).Select(i => (i, loss(i)));
        return Reduced(losses, activeOnly ? MeanOfActive : Mean);
    }

    private Number Reduced(IEnumerable<(int Anchor, Number Loss)> losses, Func<IEnumerable<Number>, Number> otherwise) => Reduce([.. losses], _reduction, otherwise);

    private static Number Reduce((int Anchor, Number Loss)[] losses, LossReduction reduction, Func<IEnumerable<Number>, Number> otherwise) => reduction switch
    {
        LossReduction.Sum => Sum(losses.Select(one => one.Loss)),
        LossReduction.Mean => Mean(losses.Select(one => one.Loss)),
        LossReduction.MeanOfActive => MeanOfActive(losses.Select(one => one.Loss)),
        LossReduction.MeanOfAnchors => Mean(losses.GroupBy(one => one.Anchor).Select(own => Mean(own.Select(one => one.Loss)))),
        _ => otherwise(losses.Select(one => one.Loss)),
    };

    // The sum over all positives of the precision at each, with a histogram in place of the order.
    private Number Precision(Number[][] e, int anchor, int bins)
    {
        Number[] near = new Number[bins + 1], all = new Number[bins + 1];
        Array.Fill(near, 0);
        Array.Fill(all, 0);
        foreach (int k in Items.Where(k => k != anchor))
        {
            Number distance = 2 - (2 * Cosine(e[anchor], e[k]));
            for (int bin = 0; bin <= bins; bin++)
            {
                Number share = Max(0, 1 - (Abs(distance - (4.0 * bin / bins)) * (bins / 4.0)));
                all[bin] += share;
                near[bin] += _classes[k] == _classes[anchor] ? share : 0;
            }
        }

        Number sum = 0, nearSum = 0, allSum = 0;
        for (int bin = 0; bin <= bins; bin++)
        {
            nearSum += near[bin];
            allSum += all[bin];
            if (allSum.Value > 0)
                sum += near[bin] * nearSum / allSum;
        }

        return sum;
    }

    private static Number LogSumExp(params Number[] logits)
    {
        double largest = logits.Max(logit => logit.Value);
        return largest + Log(Sum(logits.Select(logit => Exp(logit - largest))));
    }

    private static Number Mean(IEnumerable<Number> terms)
    {
        Number[] all = [.. terms];
        return all.Length == 0 ? 0 : Sum(all) / all.Length;
    }

    private static Number MeanOfActive(IEnumerable<Number> terms) => Mean(terms.Where(term => term.Value > 0));

    private static Number Product(Number[] a, Number[] b) => Sum(a.Zip(b, (x, y) => x * y));

    private static Number Cosine(Number[] a, Number[] b) => Product(a, b) / (Sqrt(Product(a, a)) * Sqrt(Product(b, b)));

    private static Number SignalToNoise(Number[] a, Number[] b) => Variance([.. a.Zip(b, (x, y) => x - y)]) / Variance(a);

    private static Number Variance(Number[] values)
    {
        Number mean = Mean(values);
        return Mean(values.Select(value => (value - mean) * (value - mean)));
    }

    private static Number Distance(DistanceMetric metric, Number[] a, Number[] b) => metric switch
    {
        DistanceMetric.Cosine => 1 - Cosine(a, b),
        DistanceMetric.Manhattan => Sum(a.Zip(b, (x, y) => Abs(x - y))),
        DistanceMetric.SquaredEuclidean => Sum(a.Zip(b, (x, y) => (x - y) * (x - y))),
        DistanceMetric.SignalToNoise => SignalToNoise(a, b),
        DistanceMetric.DotProduct => -Product(a, b),
        _ => Sqrt(Sum(a.Zip(b, (x, y) => (x - y) * (x - y)))),
    };
}
