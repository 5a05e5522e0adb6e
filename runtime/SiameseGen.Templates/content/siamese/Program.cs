using MyVerifier;
using SiameseGen;
using SiameseGen.Data;
using SiameseGen.Evaluation;
using SiameseGen.Training;

const string weights = "glyphs.safetensors";

// Put your own pictures here. Letters to learn from, others to choose the best epoch and the threshold with, and digits, which nothing was chosen on, to measure with.
ExampleSet training = Drawings.Of("ABCDEFGHIJKLMNOPQRST", perSign: 60, seed: 1);
ExampleSet validation = Drawings.Of("UVWXYZ", perSign: 20, seed: 2);
ExampleSet test = Drawings.Of("0123456789", perSign: 20, seed: 3);

Console.WriteLine(GlyphEncoder.Summary);
var encoder = new GlyphEncoder(seed: 1);
var trainer = new Trainer<GlyphEncoder>(encoder, new TrainingOptions { Epochs = 20, Seed = 1 });
var progress = new Progress<TrainingProgress>(now =>
{
    if (now.Validation is { } score)
        Console.WriteLine($"epoch {now.Epoch,2} of {now.Epochs}: loss {now.Loss:F3}, validation {score:F3}");
});
TrainingResult result = await trainer.FitAsync(training, validation, progress);
Console.WriteLine($"Trained in {result.Elapsed.TotalSeconds:F1} seconds.");

// At which distance are two drawings of one sign? And how good is that, and the encoder, on signs that neither was made with?
VerificationThreshold threshold = PairVerification.AllPairs(EmbeddedExamples.By(encoder, validation)).ChooseThreshold();
EmbeddedExamples embedded = EmbeddedExamples.By(encoder, test);
PairScores pairs = PairVerification.AllPairs(embedded);
FewShotResult fewShot = new FewShotEpisodes { Ways = 10, Shots = 1, Seed = 1 }.Run(embedded);
Console.WriteLine($"Which of ten digits, from one example each? {fewShot.Accuracy:P1} right (chance 10 %).");
Console.WriteLine($"Are two drawings the same digit? {pairs.AccuracyAt(threshold).Accuracy:P1} right at threshold {threshold.Value:F2}, equal error rate {pairs.EqualErrorRate:P1}.");

// Keep the weights, and use them as a program would that only verifies.
encoder.Save(weights);
GlyphEncoder verifier = GlyphEncoder.Load(weights);
GlyphEncoder.Embedding enrolled = verifier.Embed(Drawings.Draw('7', seed: 100));
foreach ((char claimed, int seed) in new[] { ('7', 2000), ('7', 30000), ('1', 4000), ('2', 50000) })
{
    Distance distance = GlyphEncoder.Distance(enrolled, verifier.Embed(Drawings.Draw(claimed, seed)));
    Console.WriteLine($"a 7 and a {claimed}: distance {distance:F2}, {(distance <= threshold.Value ? "the same" : "different")}");
}
