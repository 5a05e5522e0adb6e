using Glyphs;
using Glyphs.Pictures;
using SiameseGen;
using SiameseGen.Evaluation;
using SiameseGen.Export;
using SiameseGen.Verification;

namespace TinyVerifier.Train;

/// <summary>Measures the trained encoder and writes what ships.</summary>
internal static class Shipping
{
    /// <summary>Measures verification on alphabets that neither training nor the threshold has seen.</summary>
    /// <param name="encoder">The trained encoder.</param>
    /// <param name="data">The data.</param>
    public static string Measure(TinyGlyphEncoder encoder, GlyphData data)
    {
        PairScores pairs = PairVerification.RandomPairs(EmbeddedExamples.By(encoder, GlyphInputs.ToJudgeBy<TinyGlyphEncoder>(data.Evaluation)));
        return $"as trained, unseen alphabets: equal error rate {100 * pairs.EqualErrorRate:0.00} %, AUC {pairs.Auc:0.0000} ({pairs.Protocol})";
    }

    /// <summary>Writes the artifact.</summary>
    /// <param name="encoder">The trained encoder.</param>
    /// <param name="data">The data: the threshold is chosen on its calibration alphabets.</param>
    /// <param name="path">The file.</param>
    public static ExportReport Export(TinyGlyphEncoder encoder, GlyphData data, string path) => EncoderExport.Save(encoder, path, new ExportOptions
    {
        Precision = Precision.Int8,
        Calibration = GlyphInputs.ToJudgeBy<TinyGlyphEncoder>(data.Calibration),
        Training = GlyphInputs.ToJudgeBy<TinyGlyphEncoder>(data.Training),
        Target = CalibrationTarget.FalseMatchRate(0.01),
        UnsureFalseNonMatchRate = 0.01,
        Provenance = new Dictionary<string, string>
        {
            ["data"] = data.Name,
            ["trained on"] = $"{data.Training.AlphabetNames.Length} alphabets, {data.Training.Count} drawings",
            ["calibrated on"] = $"{data.Calibration.AlphabetNames.Length} other alphabets, {data.Calibration.Count} drawings",
            ["seed"] = $"{Training.Seed}",
        },
    });
}
