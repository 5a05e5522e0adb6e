// Eight classes from three groups.
[Encoder]
[Features(4), Dense(2)]
public partial class Encoder;

public static class Program
{
    public static object Sampler(SiameseGen.Data.IExampleSet set) => new SiameseGen.Sampling.ClassBalancedSampler(set, 8, 4, seed: 1) { GroupsPerBatch = [|3|] };
}
