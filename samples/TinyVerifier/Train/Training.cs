using Glyphs;
using Glyphs.Pictures;
using SiameseGen.Data;
using SiameseGen.Optimization;
using SiameseGen.Sampling;
using SiameseGen.Training;

namespace TinyVerifier.Train;

/// <summary>Trains the encoder.</summary>
internal static class Training
{
    /// <summary>The seed of initial weights, batches and augmentation.</summary>
    public const int Seed = 1;

    // A small network learns for longer.
    private const int Epochs = 16;

    /// <summary>Trains with the batches that suit the data.</summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="tell">Is told how far it has come, once an epoch.</param>
    public static async Task<TinyGlyphEncoder> RunAsync(GlyphData data, Action<string> tell)
    {
        Recipe recipe = data.Recipe;
        var encoder = new TinyGlyphEncoder(Seed);
        IExampleSet examples = GlyphInputs.ToLearnFrom<TinyGlyphEncoder>(data.Training, recipe.Symmetries);
        var sampler = new ClassBalancedSampler(examples, recipe.CharactersPerBatch, recipe.DrawingsPerCharacter, Seed) { GroupsPerBatch = recipe.AlphabetsPerBatch };
        int steps = Epochs * sampler.BatchesPerEpoch;
        var trainer = new Trainer<TinyGlyphEncoder>(encoder, new TrainingOptions
        {
            Epochs = Epochs,
            Optimizer = new AdamW { Beta2 = 0.99f, WeightDecay = 0.01f },
            LearningRate = 2e-3f,
            Schedule = LearningRateSchedule.Cosine(),
            WarmUpSteps = steps / 50,
            AverageDecay = steps < 2000 ? 0.99f : 0.999f,
            Seed = Seed,
        });
        TrainingResult result = await trainer.FitAsync(examples, sampler, progress: new OncePerEpoch(sampler.BatchesPerEpoch, steps, tell));
        tell($"{result.Steps} steps in {result.Elapsed.TotalSeconds:0} s");
        return encoder;
    }

    private sealed class OncePerEpoch(int stepsPerEpoch, int steps, Action<string> tell) : IProgress<TrainingProgress>
    {
        private int _told;

        public void Report(TrainingProgress value)
        {
            if (value.Step % stepsPerEpoch != 0 || value.Step == _told)
                return;
            _told = value.Step;
            tell($"step {value.Step} of {steps}: loss {value.Loss:0.0000}");
        }
    }
}
