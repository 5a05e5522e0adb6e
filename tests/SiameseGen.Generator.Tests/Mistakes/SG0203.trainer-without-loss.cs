// A trainer for an encoder without a loss.
[Encoder]
[Features(4), Dense(2)]
public partial class Encoder;

public static class Program
{
    public static object Train() => new [|SiameseGen.Training.Trainer<Encoder>|](new Encoder(seed: 1));
}
