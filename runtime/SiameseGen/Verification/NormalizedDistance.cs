using SiameseGen.Data;
using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>
/// Distances relative to strangers (<see cref="ScoreNormalization"/>) as a verifier decides by them: 0 for as far as strangers are on average, less for closer ones, in standard deviations. A template keeps, behind its embedding, how far strangers are from it, so that
/// they are looked at once for each sample and each query, however many templates are enrolled.
/// </summary>
/// <typeparam name="TEncoder">The generated encoder.</typeparam>
public sealed class NormalizedDistance<TEncoder> : TemplateDistance<TEncoder>
    where TEncoder : class, IEncoder
{
    private const string What = "cohort", KindPrefix = "cohort-";
    private readonly float[] _cohort;

    // Not known of a cohort that was read from its file.
    private readonly IExampleSet? _strangers;
    private readonly ScoreNormalization _normalization;

    /// <summary>Embeds a cohort.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="cohort">Strangers, two or more and better some hundred, of whom none is ever enrolled or tested, nor calibrated on. Examples that were trained on will do: they belong to no trial.</param>
    /// <param name="form">Whose distances to the cohort count.</param>
    /// <exception cref="ArgumentException">There are fewer than two strangers, they are not of the encoder's input length, or have no finite embeddings.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    public NormalizedDistance(TEncoder encoder, IExampleSet cohort, NormalizationForm form = NormalizationForm.Symmetric)
        : this(encoder, EmbeddedExamples.By(encoder, cohort).Embeddings.Values.ToArray(), form) => _strangers = cohort;

    private NormalizedDistance(TEncoder encoder, float[] cohort, NormalizationForm form)
        : base(encoder, KindOf(form), cohort)
    {
        _cohort = cohort;
        Form = form;
        _normalization = new ScoreNormalization(TEncoder.Info.Distance, cohort.Chunk(TEncoder.Info.EmbeddingLength));
    }

    /// <summary>Whose distances to the cohort count.</summary>
    public NormalizationForm Form { get; }

    /// <summary>Strangers.</summary>
    public int CohortCount => _cohort.Length / TEncoder.Info.EmbeddingLength;

    /// <inheritdoc/>
    /// <remarks>An embedding, and the mean and the standard deviation of its distances to the cohort.</remarks>
    public override int TemplateLength => TEncoder.Info.EmbeddingLength + 2;

    /// <inheritdoc/>
    public override void MakeTemplate(ReadOnlySpan<float> embedding, Span<float> template)
    {
        base.MakeTemplate(embedding, template);
        (double mean, double deviation) = _normalization.OfCohort(embedding);
        (template[^2], template[^1]) = ((float)mean, (float)deviation);
    }

    /// <inheritdoc/>
    public override Distance Distance(ReadOnlySpan<float> template, ReadOnlySpan<float> query)
    {
        EnsureUsable(template, query);
        // In the order in which a verifier has it.
        double distance = Distances.Between(TEncoder.Info.Distance, query[..^2], template[..^2]);
        double ofTemplate = (distance - template[^2]) / template[^1], ofQuery = (distance - query[^2]) / query[^1];
        return new Distance((float)(Form switch
        {
            NormalizationForm.Template => ofTemplate,
            NormalizationForm.Query => ofQuery,
            _ => (ofTemplate + ofQuery) / 2,
        }));
    }

    /// <summary>Writes the cohort and what it is bound to to a file of JSON, as a whole or not at all. Embeddings tell of people: nobody but the owner may read the file where the system knows such rights.</summary>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => BoundValuesFile.Save(path, KindOf(Form), TEncoder.Info.Name, EncoderFingerprint, _cohort, isPrivate: true);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="encoder">The encoder whose cohort it was.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="CalibrationException">The file is of other weights of the encoder.</exception>
    /// <exception cref="InvalidDataException">The file is no cohort, or it is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NormalizedDistance<TEncoder> Load(TEncoder encoder, string path)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        NormalizationForm[] forms = Enum.GetValues<NormalizationForm>();
        (string kind, string model, float[] cohort) = BoundValuesFile.Load(path, What, [.. forms.Select(KindOf)]);
        if (cohort.Length < 2 * TEncoder.Info.EmbeddingLength || cohort.Length % TEncoder.Info.EmbeddingLength != 0)
            throw new InvalidDataException($"{path} has {cohort.Length} values; they are no {What} of embeddings of {TEncoder.Info.EmbeddingLength}.");
        EnsureBelongs(encoder, path, What, model);
        return new NormalizedDistance<TEncoder>(encoder, cohort, forms.First(form => KindOf(form) == kind));
    }

    /// <inheritdoc/>
    private protected override void EnsureFitToCalibrate(IExampleSet examples, string parameter)
    {
        // Distances of strangers to themselves would be among the cohort's, and thresholds too strict for others.
        if (_strangers is not null)
            ClassSplit.EnsureNothingInCommon(_strangers, examples, What, "calibration", parameter);
    }

    private static string KindOf(NormalizationForm form) => Enum.IsDefined(form)
        ? KindPrefix + form
        : throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such form.");
}

/// <summary>Whose distances to a cohort of strangers a distance is measured by.</summary>
public enum NormalizationForm
{
    /// <summary>Both, in equal parts: which of the two is enrolled makes no difference (S-norm), unless it does to the encoder's distance itself.</summary>
    Symmetric,

    /// <summary>Those of the template that is enrolled (Z-norm).</summary>
    Template,

    /// <summary>Those of the query that is tested (T-norm).</summary>
    Query,
}
