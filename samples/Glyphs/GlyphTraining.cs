using Glyphs.Display;
using Glyphs.Pictures;
using SiameseGen.Data;
using SiameseGen.Sampling;
using SiameseGen.Training;
using Spectre.Console;

namespace Glyphs;

/// <summary>Trains the encoder on drawings.</summary>
internal static class GlyphTraining
{
    /// <summary>Trains, and shows how far it has come.</summary>
    /// <param name="encoder">The encoder, with its initial weights.</param>
    /// <param name="drawings">The drawings to learn from.</param>
    /// <param name="recipe">How.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="console">Where to show it.</param>
    /// <param name="cancellation">Ends training.</param>
    public static Task<TrainingResult> RunAsync(
        GlyphEncoder encoder, DrawingSet drawings, Recipe recipe, GlyphOptions options, IAnsiConsole console, CancellationToken cancellation)
    {
        IExampleSet examples = GlyphInputs.ToLearnFrom<GlyphEncoder>(drawings, recipe.Symmetries);
        var sampler = new ClassBalancedSampler(examples, recipe.CharactersPerBatch, recipe.DrawingsPerCharacter, options.Seed)
        {
            GroupsPerBatch = recipe.AlphabetsPerBatch,
        };
        var trainer = new Trainer<GlyphEncoder>(encoder, recipe.Options(options, sampler.BatchesPerEpoch));
        return TrainingDisplay.ShowAsync(
            console, progress => trainer.FitAsync(examples, sampler, progress: progress, cancellationToken: cancellation));
    }
}
