// [ContrastiveLoss]
global::SiameseGen.Losses.ContrastiveLoss Loss { get; } = new(margin: 1f, distance: global::SiameseGen.DistanceMetric.Euclidean); // margin 1, distance Euclidean; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [TripletLoss]
global::SiameseGen.Losses.TripletLoss Loss { get; } = new(margin: 0.2f, distance: global::SiameseGen.DistanceMetric.Euclidean); // margin 0.2, distance Euclidean; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [NTXentLoss]
global::SiameseGen.Losses.NTXentLoss Loss { get; } = new(temperature: 0.07f); // temperature 0.07; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [SupervisedContrastiveLoss]
global::SiameseGen.Losses.SupervisedContrastiveLoss Loss { get; } = new(temperature: 0.1f); // temperature 0.1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [NPairsLoss]
global::SiameseGen.Losses.NPairsLoss Loss { get; } = new(regularization: 0.002f); // regularization 0.002; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [MultiSimilarityLoss]
global::SiameseGen.Losses.MultiSimilarityLoss Loss { get; } = new(alpha: 2f, beta: 50f, @base: 0.5f); // alpha 2, beta 50, base 0.5; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [CircleLoss]
global::SiameseGen.Losses.CircleLoss Loss { get; } = new(margin: 0.4f, scale: 80f); // margin 0.4, scale 80; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [MarginLoss]
global::SiameseGen.Losses.MarginLoss Loss { get; } = new(margin: 0.2f, beta: 1.2f, distance: global::SiameseGen.DistanceMetric.Euclidean); // margin 0.2, beta 1.2, distance Euclidean; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [LiftedStructureLoss]
global::SiameseGen.Losses.LiftedStructureLoss Loss { get; } = new(margin: 1f, distance: global::SiameseGen.DistanceMetric.Euclidean); // margin 1, distance Euclidean; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [GeneralizedLiftedStructureLoss]
global::SiameseGen.Losses.GeneralizedLiftedStructureLoss Loss { get; } = new(margin: 1f, distance: global::SiameseGen.DistanceMetric.Euclidean); // margin 1, distance Euclidean; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [AngularLoss]
global::SiameseGen.Losses.AngularLoss Loss { get; } = new(degrees: 40f); // degrees 40; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [FastAPLoss]
global::SiameseGen.Losses.FastAPLoss Loss { get; } = new(bins: 10); // bins 10; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [NCALoss]
global::SiameseGen.Losses.NCALoss Loss { get; } = new(scale: 1f); // scale 1; embeddings by global::SiameseGen.DistanceMetric.SquaredEuclidean

// [SignalToNoiseRatioLoss]
global::SiameseGen.Losses.SignalToNoiseRatioLoss Loss { get; } = new(positiveMargin: 0f, negativeMargin: 1f); // positive margin 0, negative margin 1; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [ArcFaceLoss]
global::SiameseGen.Losses.ArcFaceLoss Loss { get; } = new(degrees: 28.6f, scale: 64f, learningRateFactor: 1f); // degrees 28.6, scale 64, learning rate factor 1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [SubCenterArcFaceLoss]
global::SiameseGen.Losses.SubCenterArcFaceLoss Loss { get; } = new(centers: 3, degrees: 28.6f, scale: 64f, learningRateFactor: 1f); // centers 3, degrees 28.6, scale 64, learning rate factor 1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [CosFaceLoss]
global::SiameseGen.Losses.CosFaceLoss Loss { get; } = new(margin: 0.35f, scale: 64f, learningRateFactor: 1f); // margin 0.35, scale 64, learning rate factor 1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [SphereFaceLoss]
global::SiameseGen.Losses.SphereFaceLoss Loss { get; } = new(multiplier: 4, scale: 30f, learningRateFactor: 1f); // multiplier 4, scale 30, learning rate factor 1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [NormalizedSoftmaxLoss]
global::SiameseGen.Losses.NormalizedSoftmaxLoss Loss { get; } = new(temperature: 0.05f, learningRateFactor: 1f); // temperature 0.05, learning rate factor 1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [ProxyNCALoss]
global::SiameseGen.Losses.ProxyNCALoss Loss { get; } = new(factor: 3f, learningRateFactor: 1f); // factor 3, learning rate factor 1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [ProxyAnchorLoss]
global::SiameseGen.Losses.ProxyAnchorLoss Loss { get; } = new(margin: 0.1f, alpha: 32f, learningRateFactor: 1f); // margin 0.1, alpha 32, learning rate factor 1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [SoftTripleLoss]
global::SiameseGen.Losses.SoftTripleLoss Loss { get; } = new(centers: 10, scale: 20f, gamma: 0.1f, margin: 0.01f, learningRateFactor: 1f); // centers 10, scale 20, gamma 0.1, margin 0.01, learning rate factor 1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [WeightedL1Loss]
global::SiameseGen.Losses.WeightedL1Loss Loss { get; } = new(learningRateFactor: 1f); // learning rate factor 1; embeddings by global::SiameseGen.DistanceMetric.Manhattan

// [BarlowTwinsLoss]
global::SiameseGen.Losses.BarlowTwinsLoss Loss { get; } = new(redundancy: 0.005f); // redundancy 0.005; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [VICRegLoss]
global::SiameseGen.Losses.VICRegLoss Loss { get; } = new(invariance: 25f, variance: 25f, covariance: 1f); // invariance 25, variance 25, covariance 1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [SimSiamLoss]
global::SiameseGen.Losses.SimSiamLoss Loss { get; } = new(hidden: 0, learningRateFactor: 1f); // hidden 0, learning rate factor 1; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [NormRegularizer]
global::SiameseGen.Losses.NormRegularizer Loss { get; } = new(power: 2f); // power 2; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [ZeroMeanRegularizer]
global::SiameseGen.Losses.ZeroMeanRegularizer Loss { get; } = new(); // ; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [CenterInvariantRegularizer]
global::SiameseGen.Losses.CenterInvariantRegularizer Loss { get; } = new(); // ; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [ContrastiveLoss(Margin = 2f, Distance = DistanceMetric.Manhattan, Squared = false)]
global::SiameseGen.Losses.ContrastiveLoss Loss { get; } = new(margin: 2f, distance: global::SiameseGen.DistanceMetric.Manhattan, squared: false); // margin 2, distance Manhattan; embeddings by global::SiameseGen.DistanceMetric.Manhattan

// [TripletLoss(Margin = 2f, Swap = true, Soft = true, Reduction = SiameseGen.Losses.LossReduction.Sum)]
global::SiameseGen.Losses.TripletLoss Loss { get; } = new(margin: 2f, distance: global::SiameseGen.DistanceMetric.Euclidean, swap: true, soft: true, reduction: global::SiameseGen.Losses.LossReduction.Sum); // margin 2, distance Euclidean; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [MultiSimilarityLoss(Alpha = 1f, Beta = 10f, Base = -0.25f)]
global::SiameseGen.Losses.MultiSimilarityLoss Loss { get; } = new(alpha: 1f, beta: 10f, @base: -0.25f); // alpha 1, beta 10, base -0.25; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [MarginLoss(Margin = 0.5f, Beta = 2f, Distance = DistanceMetric.Cosine)]
global::SiameseGen.Losses.MarginLoss Loss { get; } = new(margin: 0.5f, beta: 2f, distance: global::SiameseGen.DistanceMetric.Cosine); // margin 0.5, beta 2, distance Cosine; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [MarginLoss(Learned = SiameseGen.Losses.LearnedBoundary.PerClass, LearningRateFactor = 10f)]
global::SiameseGen.Losses.MarginLoss Loss { get; } = new(margin: 0.2f, beta: 1.2f, learningRateFactor: 10f, learned: global::SiameseGen.Losses.LearnedBoundary.PerClass, distance: global::SiameseGen.DistanceMetric.Euclidean); // margin 0.2, beta 1.2, learning rate factor 10, learned PerClass, distance Euclidean; embeddings by global::SiameseGen.DistanceMetric.Euclidean

// [FastAPLoss(Bins = 25)]
global::SiameseGen.Losses.FastAPLoss Loss { get; } = new(bins: 25); // bins 25; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [ArcFaceLoss(Weight = 1f), RegularFaceRegularizer(Weight = 0.5f), SparseCentersRegularizer(Weight = 0.25f)]
global::SiameseGen.Losses.CombinedLoss Loss { get; } = new((new global::SiameseGen.Losses.ArcFaceLoss(degrees: 28.6f, scale: 64f, learningRateFactor: 1f), 1f), (new global::SiameseGen.Losses.RegularFaceRegularizer(), 0.5f), (new global::SiameseGen.Losses.SparseCentersRegularizer(), 0.25f)); // 1 × ArcFaceLoss (degrees 28.6, scale 64, learning rate factor 1); plus 0.5 × RegularFaceRegularizer (); plus 0.25 × SparseCentersRegularizer (); embeddings by global::SiameseGen.DistanceMetric.Cosine

// [NTXentLoss(Reduction = SiameseGen.Losses.LossReduction.MeanOfAnchors)]
global::SiameseGen.Losses.NTXentLoss Loss { get; } = new(temperature: 0.07f, reduction: global::SiameseGen.Losses.LossReduction.MeanOfAnchors); // temperature 0.07, reduction MeanOfAnchors; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [NTXentLoss(Temperature = 0.1f, Learned = SiameseGen.Losses.LearnedScale.One, LearningRateFactor = 2f)]
global::SiameseGen.Losses.NTXentLoss Loss { get; } = new(temperature: 0.1f, learningRateFactor: 2f, learned: global::SiameseGen.Losses.LearnedScale.One); // temperature 0.1, learning rate factor 2, learned One; embeddings by global::SiameseGen.DistanceMetric.Cosine

// [ContrastiveLoss(Reduction = SiameseGen.Losses.LossReduction.MeanOfActive)]
global::SiameseGen.Losses.ContrastiveLoss Loss { get; } = new(margin: 1f, distance: global::SiameseGen.DistanceMetric.Euclidean, reduction: global::SiameseGen.Losses.LossReduction.MeanOfActive); // margin 1, distance Euclidean; embeddings by global::SiameseGen.DistanceMetric.Euclidean
