// Batches of 96 and a batch size of 128.
[Encoder]
[Features(4), Dense(2), L2Normalize]
[TripletLoss]
public partial class Encoder;

public static class Program
{
    public static object Train(SiameseGen.Data.IExampleSet set)
    {
        var trainer = new SiameseGen.Training.Trainer<Encoder>(new Encoder(seed: 1), new SiameseGen.Training.TrainingOptions { BatchSize = [|128|], Epochs = 3 });
        return trainer.FitAsync(set, new SiameseGen.Sampling.ClassBalancedSampler(set, 12, 8, seed: 1));
    }
}
