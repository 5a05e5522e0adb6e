// Every pair there is, for a loss of triplets.
[Encoder]
[Features(4), Dense(2), L2Normalize]
[TripletLoss]
public partial class Encoder;

public static class Program
{
    public static object Train(SiameseGen.Data.IExampleSet set)
    {
        var trainer = new SiameseGen.Training.Trainer<Encoder>(new Encoder(seed: 1));
        return trainer.FitAsync(set, [|new SiameseGen.Sampling.ExhaustivePairSampler(set, 8, seed: 1)|]);
    }
}
