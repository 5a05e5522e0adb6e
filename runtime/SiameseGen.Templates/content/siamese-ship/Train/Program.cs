using MyVerifier;
using MyVerifier.Train;
using SiameseGen;
using SiameseGen.Data;
using SiameseGen.Export;
using SiameseGen.Optimization;
using SiameseGen.Training;
using SiameseGen.Verification;

// Where the program that ships finds what is trained here, and pictures to try it on.
string artifact = args.Length > 0 ? args[0] : Path.Combine("App", "glyphs.siamese");
string pictures = args.Length > 1 ? args[1] : "pictures";

// Put your own pictures here. Letters to learn from, and digits that the threshold is chosen on: what it promises holds for signs that were never trained on.
ExampleSet training = Drawings.Of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", perSign: 200, seed: 1);
ExampleSet calibration = Drawings.Of("0123456789", perSign: 100, seed: 2);

var encoder = new GlyphEncoder(seed: 1);
var trainer = new Trainer<GlyphEncoder>(encoder, new TrainingOptions { Epochs = 20, Schedule = LearningRateSchedule.Cosine(), Seed = 1 });
TrainingResult result = await trainer.FitAsync(training);
Console.WriteLine($"Trained in {result.Elapsed.TotalSeconds:F1} seconds.");

var options = new ExportOptions
{
    Precision = Precision.Int8,
    Calibration = calibration,
    Training = training,
    Target = CalibrationTarget.EqualErrorRate,
    UnsureFalseNonMatchRate = 0.02,
    Provenance = new Dictionary<string, string> { ["data"] = "letters of a font of dots", ["seed"] = "1" },
};
try
{
    Console.WriteLine(EncoderExport.Save(encoder, artifact, options));
}
catch (ExportException refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return 1;
}

// As bytes, one a pixel, row by row.
Directory.CreateDirectory(pictures);
foreach ((string name, char sign, int seed) in new[] { ("7-one", '7', 100), ("7-other", '7', 2000), ("1", '1', 4000) })
    File.WriteAllBytes(Path.Combine(pictures, name + ".grey"), [.. Drawings.Draw(sign, seed).Select(value => (byte)MathF.Round(255 * value))]);
return 0;
