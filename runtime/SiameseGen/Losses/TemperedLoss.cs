using SiameseGen.Kernels;

namespace SiameseGen.Losses;

/// <summary>A loss over cosine similarities that are divided by a temperature τ, which stays where it is set, or whose scale 1/τ is learned.</summary>
/// <remarks>
/// What is learned is the logarithm of the scale, so that it stays above 0 (Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", 2021): the only number of
/// <see cref="LossWorkspace.Learned"/>.
/// </remarks>
public abstract class TemperedLoss : PairwiseLoss
{
    private protected TemperedLoss(float temperature, LearnedScale learned, float learningRateFactor, LossReduction reduction)
        : base(reduction)
    {
        if (!(temperature > 0f && float.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is above 0 and finite.");
        if (!Enum.IsDefined(learned))
            throw new ArgumentOutOfRangeException(nameof(learned), learned, "There is no such way of learning.");
        if (!(learningRateFactor >= 0f && float.IsFinite(learningRateFactor)))
            throw new ArgumentOutOfRangeException(nameof(learningRateFactor), learningRateFactor, "A factor is 0 or above, and finite.");
        Temperature = temperature;
        Learned = learned;
        LearningRateFactor = learningRateFactor;
    }

    /// <summary>The temperature τ that similarities are divided by, above 0; where it starts when it is learned.</summary>
    public float Temperature { get; }

    /// <summary>Whether the scale 1/τ is learned.</summary>
    public LearnedScale Learned { get; }

    /// <summary>What the learning rate is multiplied by for a learned scale.</summary>
    public float LearningRateFactor { get; }

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.Cosine;

    /// <inheritdoc/>
    public override bool LearnsWeights => Learned is not LearnedScale.None;

    /// <inheritdoc/>
    public override LossWeights? CreateWeights(int classes, int embeddingLength, int seed) => !LearnsWeights ? null : new LossWeights(
        Name, "one scale", classes: 0, perClass: 0, embeddingLength, LearningRateFactor, seed,
        new ParameterTensor("loss.log_scale", 0, [1], ParameterRole.Bias, Initializer.Constant, 1, 1) { InitialValue = -LogSumExp.Log(Temperature) });

    private protected override bool ScalesSlopes => LearnsWeights;

    /// <summary>The temperature now.</summary>
    private protected float TemperatureOf(AnchorRows rows) => LearnsWeights ? LogSumExp.Exp(-rows.Workspace.Learned!.Values[0]) : Temperature;

    /// <summary>
    /// The gradient of a learned scale follows from the slopes of the anchor's distances d: all that the loss sees of both is the product (1 − d) · scale, whose derivative by
    /// the logarithm of the scale is itself, and by d the scale taken negative.
    /// </summary>
    private protected void Learn(AnchorRows rows)
    {
        if (!LearnsWeights)
            return;
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes;
        double sum = 0;
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] *= rows.Scale;
            sum += (double)slopes[i] * (1f - distances[i]);
        }

        rows.Workspace.Learned!.Gradients[0] -= (float)sum;
    }
}
