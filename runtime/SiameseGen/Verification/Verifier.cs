using System.Collections.Immutable;
using SiameseGen.Persistence;

namespace SiameseGen.Verification;

/// <summary>
/// Knows identities by templates, embeddings of one or more samples each, and says whether an input is who it claims to be (1:1), or whose it is (1:N, where "nobody I know" is an answer). Any number of threads may verify while one enrols.
/// </summary>
/// <typeparam name="TEncoder">The generated encoder.</typeparam>
public sealed class Verifier<TEncoder>
    where TEncoder : class, IEncoder
{
    private readonly TEncoder _encoder;
    private readonly TemplateDistance<TEncoder>? _distance;
    private readonly KnownWeights _weights;
    private readonly Lock _writing = new();

    // Replaced as a whole, so that who reads sees all of an enrolment or nothing.
    private volatile Templates _templates = Templates.Empty;

    /// <summary>Makes a verifier that knows nobody.</summary>
    /// <param name="encoder">The encoder. Once it is trained any further, every call throws a <see cref="CalibrationException"/>.</param>
    /// <param name="calibration">Its threshold.</param>
    /// <param name="distance">What takes the place of the encoder's distance, such as a learned similarity or distances relative to strangers; the calibration is to be for it (<see cref="TemplateDistance{TEncoder}.Calibrate(Data.IExampleSet, CalibrationTarget, Data.IExampleSet, double?, ScoreForm)"/>). Null for the encoder's distance.</param>
    /// <exception cref="CalibrationException">The calibration is for other weights, or not for this distance, or the distance is for other weights.</exception>
    public Verifier(TEncoder encoder, Calibration calibration, TemplateDistance<TEncoder>? distance = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(calibration);
        _weights = new KnownWeights(encoder.Parameters);
        EnsureCalibrated(calibration, _weights.Fingerprint, distance);
        _encoder = encoder;
        _distance = distance;
        Calibration = calibration;
    }

    /// <summary>The threshold, and what it is worth.</summary>
    public Calibration Calibration { get; }

    /// <summary>
    /// Is asked before anything is enrolled or compared; null to ask nobody. What it takes for a presentation attack is not enrolled, and has the verdict <see cref="Verdict.PresentationAttack"/>. It is not kept in the verifier's file: set it
    /// again after <see cref="Load"/>. It has to be safe from as many threads as the verifier is used from.
    /// </summary>
    public IPresentationAttackDetector<float>? AttackDetector { get; set; }

    /// <summary>The identities that are enrolled, in the order in which they were.</summary>
    public IReadOnlyList<string> Identities => _templates.Identities;

    /// <summary>Templates in all.</summary>
    public int TemplateCount => _templates.Count;

    /// <summary>Adds a sample of an identity, which may have others already.</summary>
    /// <remarks>Of several samples the closest counts, for owners and for strangers: with k of them a false match rate of f becomes up to k·f.</remarks>
    /// <param name="identity">Its name: not empty, and valid Unicode.</param>
    /// <param name="input">The sample, as the encoder takes it.</param>
    /// <exception cref="ArgumentException">The name is empty or no Unicode, or the input has the wrong length or no finite embedding.</exception>
    /// <exception cref="PresentationAttackException">The <see cref="AttackDetector"/> takes the sample for a presentation attack.</exception>
    public void Enrol(string identity, ReadOnlySpan<float> input)
    {
        StrictText.BytesOf(identity, nameof(identity));
        if (IsAttack(input))
            throw new PresentationAttackException($"The sample of '{identity}' was taken for a presentation attack, and not enrolled.");
        float[] template = new float[LengthOf(_distance)];
        Embed(input, template);
        lock (_writing)
            _templates = _templates.With(identity, template);
    }

    /// <summary>Forgets an identity and all of its templates.</summary>
    /// <param name="identity">Its name.</param>
    /// <returns>Whether it was known.</returns>
    public bool Remove(string identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        lock (_writing)
        {
            if (!_templates.Contains(identity))
                return false;
            _templates = _templates.Without(identity);
            return true;
        }
    }

    /// <summary>Whether an identity is enrolled.</summary>
    /// <param name="identity">Its name.</param>
    public bool IsEnrolled(string identity) => _templates.Contains(identity);

    /// <summary>Compares two inputs, of which nothing is kept.</summary>
    /// <param name="left">One input; where it makes a difference, the one that would be enrolled.</param>
    /// <param name="right">The other.</param>
    /// <exception cref="ArgumentException">An input has the wrong length or no finite embedding.</exception>
    public VerificationResult Compare(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        if (IsAttack(left) || IsAttack(right))
            return Attack;
        int length = LengthOf(_distance);
        Span<float> both = length <= MostOnStack ? stackalloc float[2 * length] : new float[2 * length];
        Embed(left, both[..length]);
        Embed(right, both[length..]);
        return Result(Between(both[..length], both[length..]));
    }

    /// <summary>Whether an input is of the identity that it claims (1:1).</summary>
    /// <param name="identity">The claimed identity.</param>
    /// <param name="input">The input.</param>
    /// <returns>The verdict on the closest of the identity's templates.</returns>
    /// <exception cref="KeyNotFoundException">The identity is not enrolled.</exception>
    /// <exception cref="ArgumentException">The input has the wrong length or no finite embedding.</exception>
    public VerificationResult Verify(string identity, ReadOnlySpan<float> input)
    {
        ArgumentNullException.ThrowIfNull(identity);
        Templates templates = _templates;
        if (!templates.Contains(identity))
            throw new KeyNotFoundException($"'{identity}' is not enrolled. Enrol a sample of it first.");
        if (IsAttack(input))
            return Attack;
        int length = LengthOf(_distance);
        Span<float> query = length <= MostOnStack ? stackalloc float[length] : new float[length];
        Embed(input, query);
        float closest = float.PositiveInfinity;
        foreach (float[] template in templates.Of(identity))
            closest = Math.Min(closest, Between(template, query));
        return Result(closest);
    }

    /// <summary>Whose input it is, among all that are enrolled (1:N, open set).</summary>
    /// <param name="input">The input.</param>
    /// <returns>The closest identity and the verdict on it: on <see cref="Verdict.NoMatch"/> it is nobody that is known. With nobody enrolled, that is the answer.</returns>
    /// <remarks>
    /// Among N templates a stranger has N chances to be taken for one: at a false match rate f of single comparisons, up to N·f. Calibrate for that many.
    /// </remarks>
    /// <exception cref="ArgumentException">The input has the wrong length or no finite embedding.</exception>
    public IdentificationResult Identify(ReadOnlySpan<float> input)
    {
        if (IsAttack(input))
            return new IdentificationResult(null, Attack.Verdict, Attack.Distance, Attack.Score);
        Templates templates = _templates;
        int length = LengthOf(_distance);
        Span<float> query = length <= MostOnStack ? stackalloc float[length] : new float[length];
        Embed(input, query);
        (string? identity, float closest) = Closest(templates, query);
        VerificationResult result = Result(closest);
        return new IdentificationResult(result.Verdict is Verdict.NoMatch ? null : identity, result.Verdict, result.Distance, result.Score);
    }

    /// <summary>The identities that are closest to an input, closest first, whatever the verdict: a list of candidates for a person to look at. Of a presentation attack, none.</summary>
    /// <param name="input">The input.</param>
    /// <param name="count">How many, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The input has the wrong length or no finite embedding.</exception>
    public IReadOnlyList<IdentificationResult> Candidates(ReadOnlySpan<float> input, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (IsAttack(input))
            return [];
        Templates templates = _templates;
        float[] query = new float[LengthOf(_distance)];
        Embed(input, query);
        return
        [
            .. templates.Identities
                .Select(identity => (identity, distance: templates.Of(identity).Min(template => Between(template, query))))
                .OrderBy(entry => entry.distance).Take(count)
                .Select(entry => new IdentificationResult(entry.identity, Calibration.Decide(new Distance(entry.distance)), new Distance(entry.distance), Calibration.Score.Of(new Distance(entry.distance)))),
        ];
    }

    /// <summary>Writes calibration and templates to a file of JSON, as a whole or not at all.</summary>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <remarks>
    /// Embeddings of faces, voices and hands are biometric data, and inputs can be reconstructed from them to some degree: keep the file as you would keep the pictures.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="CalibrationException">The encoder's weights have changed since.</exception>
    public void Save(string path)
    {
        EnsureSameWeights();
        Templates templates = _templates;
        VerifierFile.Save(path, TEncoder.Info.Name, Calibration, templates.Identities.SelectMany(identity => templates.Of(identity).Select(template => (identity, template))));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="encoder">The encoder whose verifier it was.</param>
    /// <param name="path">The file.</param>
    /// <param name="distance">What it was made with in place of the encoder's distance, which is kept in a file of its own; null for the encoder's distance.</param>
    /// <exception cref="CalibrationException">The file is of other weights: its templates mean nothing to this encoder.</exception>
    /// <exception cref="InvalidDataException">The file is no verifier, or it is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Verifier<TEncoder> Load(TEncoder encoder, string path, TemplateDistance<TEncoder>? distance = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);

        // Before templates are looked at, which may be of another length for another distance.
        string weights = ModelFingerprint.Of(encoder.Parameters);
        (Calibration calibration, List<(string Identity, float[] Template)> templates) = VerifierFile.Load(path, LengthOf(distance), calibration => EnsureCalibrated(calibration, weights, distance));
        var verifier = new Verifier<TEncoder>(encoder, calibration, distance);
        foreach ((string identity, float[] template) in templates)
            verifier._templates = verifier._templates.With(identity, template);
        return verifier;
    }

    private const int MostOnStack = 1024;

    private static VerificationResult Attack => new(Verdict.PresentationAttack, new Distance(float.PositiveInfinity), default);

    // A detector sees inputs of the right length only; others fail where they are embedded.
    private bool IsAttack(ReadOnlySpan<float> input) => AttackDetector is { } detector && input.Length == TEncoder.Info.Input.Length && detector.IsAttack(input);

    private static void EnsureCalibrated(Calibration calibration, string weights, TemplateDistance<TEncoder>? distance)
    {
        string name = TEncoder.Info.Name;
        if (distance is not null && distance.EncoderFingerprint != weights)
            throw new CalibrationException($"The {distance.Name} is for the weights {Short(distance.EncoderFingerprint)}, and this {name} has the weights {Short(weights)}. Make it with this encoder.");
        if (calibration.Model == (distance?.Model ?? weights))
            return;
        throw new CalibrationException(
            distance is null
                ? $"The calibration is for {Short(calibration.Model)}, and this {name} has the weights {Short(weights)}. It is for other weights, or for another distance than the encoder's, which is then to be given. Thresholds of the one mean nothing to the other."
                : $"The calibration is for {Short(calibration.Model)}, and this {distance.Name} is {Short(distance.Model)}. Calibrate it by its {nameof(TemplateDistance<>.Calibrate)}: thresholds of other weights or distances mean nothing to it.");

        static string Short(string fingerprint) => $"{fingerprint[..Math.Min(12, fingerprint.Length)]}…";
    }

    private void EnsureSameWeights()
    {
        if (!_weights.AreThere())
        {
            throw new CalibrationException(
                $"The weights of {TEncoder.Info.Name} have changed since this verifier was made, so that its templates and its threshold mean nothing any more. Calibrate the encoder anew, make a new verifier and enrol again.");
        }
    }

    private static int LengthOf(TemplateDistance<TEncoder>? distance) => distance?.TemplateLength ?? TEncoder.Info.EmbeddingLength;

    // What a template of the input is: its embedding, and whatever else the distance keeps of it.
    private void Embed(ReadOnlySpan<float> input, Span<float> template)
    {
        EnsureSameWeights();
        Span<float> embedding = template[..TEncoder.Info.EmbeddingLength];
        _encoder.Embed(input, embedding);
        foreach (float value in embedding)
        {
            if (!float.IsFinite(value))
                throw new ArgumentException($"{TEncoder.Info.Name} embeds the input as {value}: it holds values that are not finite, or far too large.", nameof(input));
        }

        _distance?.MakeTemplate(embedding, template);
    }

    private (string? Identity, float Distance) Closest(Templates templates, ReadOnlySpan<float> query)
    {
        string? best = null;
        float closest = float.PositiveInfinity;
        foreach (string identity in templates.Identities)
        {
            foreach (float[] template in templates.Of(identity))
            {
                float distance = Between(template, query);
                if (distance < closest)
                    (best, closest) = (identity, distance);
            }
        }

        return (best, closest);
    }

    private float Between(ReadOnlySpan<float> template, ReadOnlySpan<float> query) =>
        _distance is null ? Distances.Between(TEncoder.Info.Distance, query, template) : _distance.Distance(template, query).Value;

    private VerificationResult Result(float distance)
    {
        var typed = new Distance(distance);
        return new VerificationResult(Calibration.Decide(typed), typed, Calibration.Score.Of(typed));
    }

    // Never changed once it is made; a new one shares what is the same.
    private sealed class Templates
    {
        public static readonly Templates Empty = new([], ImmutableDictionary.Create<string, ImmutableArray<float[]>>(StringComparer.Ordinal), 0);
        private readonly ImmutableDictionary<string, ImmutableArray<float[]>> _ofIdentity;

        private Templates(ImmutableList<string> identities, ImmutableDictionary<string, ImmutableArray<float[]>> ofIdentity, int count) =>
            (Identities, _ofIdentity, Count) = (identities, ofIdentity, count);

        public ImmutableList<string> Identities { get; }

        public int Count { get; }

        public bool Contains(string identity) => _ofIdentity.ContainsKey(identity);

        public ImmutableArray<float[]> Of(string identity) => _ofIdentity[identity];

        public Templates With(string identity, float[] template) => _ofIdentity.TryGetValue(identity, out ImmutableArray<float[]> before)
            ? new Templates(Identities, _ofIdentity.SetItem(identity, before.Add(template)), Count + 1)
            : new Templates(Identities.Add(identity), _ofIdentity.Add(identity, [template]), Count + 1);

        public Templates Without(string identity) => new(Identities.Remove(identity), _ofIdentity.Remove(identity), Count - _ofIdentity[identity].Length);
    }
}
