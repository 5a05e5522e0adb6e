// A sampler of triplets for a loss of pairs.
[Encoder]
[Features(4), Dense(2)]
[ContrastiveLoss]
public partial class Encoder;

public static class Program
{
    public static object Train(SiameseGen.Data.IExampleSet set) =>
        new SiameseGen.Training.Trainer<Encoder>(new Encoder(seed: 1)).FitAsync(set, [|new SiameseGen.Sampling.TripletSampler(set, 8, seed: 1)|]);
}
