// A sampler of mined triplets for a loss of pairs.
[Encoder]
[Features(4), Dense(2)]
[ContrastiveLoss]
public partial class Encoder;

public static class Program
{
    public static object Train(SiameseGen.Data.IExampleSet set)
    {
        var trainer = new SiameseGen.Training.Trainer<Encoder>(new Encoder(seed: 1));
        return trainer.FitAsync(set, [|new SiameseGen.Sampling.HardTripletSampler(set, 8, seed: 1)|]);
    }
}
