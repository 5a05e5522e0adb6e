using SiameseGen.Losses;
using SiameseGen.Persistence;

namespace SiameseGen.Training;

/// <summary>Checkpoints as files: safetensors with one note more, the numbers of the training.</summary>
internal static class CheckpointFile
{
    private const string CountsKey = Safetensors.KeyPrefix + "training";

    public static void Save(TrainingState state, string path) =>
        Safetensors.SaveWithNotes(state.Values, path, [KeyValuePair.Create(CountsKey, state.Counts.ToString()), .. state.LossNotes]);

    /// <param name="path">The file.</param>
    /// <param name="encoder">The architecture of the encoder to train.</param>
    /// <param name="weightsFor">Makes weights for the loss and so many classes.</param>
    /// <exception cref="WeightsFormatException">The file is damaged, no checkpoint, or one of another architecture.</exception>
    public static (TrainingState State, LossWeights? Loss) Load(string path, EncoderInfo encoder, Func<int, LossWeights?> weightsFor)
    {
        IReadOnlyDictionary<string, string> notes = Safetensors.ReadNotes(path);
        if (!notes.TryGetValue(CountsKey, out string? text))
            throw new WeightsFormatException($"{path}: it is no checkpoint of a training. If it holds an encoder's weights only, load it with the encoder's Load and train from there.");
        if (TrainingCounts.Parse(text) is not { } counts)
            throw new WeightsFormatException($"{path}: its note '{CountsKey}' is damaged, or from another version of SiameseGen.");
        LossWeights? loss = counts.LossClasses > 0 ? weightsFor(counts.LossClasses) : null;
        if (loss is not null)
            loss.ClassNames = LossWeights.ClassNamesOf(notes);
        var state = new TrainingState(counts, encoder, loss);
        Safetensors.Load(state.Values, path);
        return (state, loss);
    }
}
