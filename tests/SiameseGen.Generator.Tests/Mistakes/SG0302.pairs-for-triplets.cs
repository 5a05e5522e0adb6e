// A sampler of pairs for a loss of triplets, in variables.
[Encoder]
[Features(4), Dense(2), L2Normalize]
[TripletLoss]
public partial class Encoder;

public static class Program
{
    public static object Train(SiameseGen.Data.IExampleSet set)
    {
        var trainer = new SiameseGen.Training.Trainer<Encoder>(new Encoder(seed: 1));
        var sampler = new SiameseGen.Sampling.PairSampler(set, 8, seed: 1);
        return trainer.FitAsync(set, [|sampler|]);
    }
}
