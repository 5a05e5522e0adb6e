using SiameseGen.Optimization;
using SiameseGen.Training;

namespace Glyphs;

/// <summary>How to train on one kind of data.</summary>
/// <param name="Epochs">Passes over the training drawings, where the user does not say.</param>
/// <param name="QuickEpochs">The same where the user wants it quick.</param>
/// <param name="Symmetries">Alphabets made of each by turning and mirroring.</param>
/// <param name="CharactersPerBatch">Characters of a batch.</param>
/// <param name="DrawingsPerCharacter">Drawings of each.</param>
/// <param name="AlphabetsPerBatch">
/// From how many alphabets a batch's characters come. Few, because the characters of one alphabet are the ones that are hard to tell apart.
/// </param>
internal sealed record Recipe(int Epochs, int QuickEpochs, int Symmetries, int CharactersPerBatch, int DrawingsPerCharacter, int AlphabetsPerBatch)
{
    /// <summary>For Omniglot.</summary>
    public static Recipe Omniglot { get; } = new(Epochs: 8, QuickEpochs: 3, Symmetries: 8, CharactersPerBatch: 40, DrawingsPerCharacter: 4, AlphabetsPerBatch: 2);

    /// <summary>For the invented alphabets.</summary>
    public static Recipe Invented { get; } = new(Epochs: 6, QuickEpochs: 2, Symmetries: 1, CharactersPerBatch: 40, DrawingsPerCharacter: 4, AlphabetsPerBatch: 2);

    /// <summary>The options of the trainer.</summary>
    /// <param name="asked">What the user asked for.</param>
    /// <param name="stepsPerEpoch">Steps of one epoch.</param>
    public TrainingOptions Options(GlyphOptions asked, int stepsPerEpoch)
    {
        int epochs = asked.Epochs ?? (asked.Quick ? QuickEpochs : Epochs);
        long steps = Math.Min((long)epochs * stepsPerEpoch, asked.Steps ?? int.MaxValue);
        return new TrainingOptions
        {
            Epochs = epochs,
            MaxSteps = asked.Steps ?? 0,
            Optimizer = new AdamW { Beta2 = 0.99f, WeightDecay = 0.01f },
            LearningRate = 2e-3f,
            Schedule = LearningRateSchedule.Cosine(),
            WarmUpSteps = (int)(steps / 50),
            AverageDecay = steps < 2000 ? 0.99f : 0.999f,
            Seed = asked.Seed,
            Threads = asked.Threads,
        };
    }
}
