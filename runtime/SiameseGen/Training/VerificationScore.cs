using SiameseGen.Data;
using SiameseGen.Evaluation;

namespace SiameseGen.Training;

/// <summary>
/// How well the distance tells similar from dissimilar pairs of a validation set: the area under the ROC curve, the probability that a similar
/// pair is closer than a dissimilar one. Always the same pairs, so that epochs compare; unlike a loss, it compares across losses and margins.
/// </summary>
internal sealed class VerificationScore<TEncoder>
    where TEncoder : class, IEncoder
{
    private readonly IExampleSet _examples;

    /// <summary>Takes the validation set.</summary>
    /// <exception cref="ArgumentException">The set has no similar or no dissimilar pair.</exception>
    public VerificationScore(IExampleSet examples, string parameter)
    {
        _examples = examples;
        _ = new PairDraw(examples.Classes, default, parameter);
    }

    /// <summary>The area under the ROC curve, 0 to 1; not a number when the embeddings are no longer finite.</summary>
    public double Of(TEncoder encoder, WorkerTeam team, CancellationToken cancellationToken)
    {
        EmbeddingMatrix embeddings = BulkEmbedder.EmbedAll(encoder, _examples, team, null, cancellationToken);
        foreach (float value in embeddings.Values)
        {
            if (!float.IsFinite(value))
                return double.NaN;
        }

        return PairVerification.RandomPairs(new EmbeddedExamples(embeddings, TEncoder.Info.Distance, _examples.Classes, _examples.Groups)).Auc;
    }
}
