// A member of the same signature.
[Encoder]
[Features(4), Dense(2)]
public partial class Encoder
{
    public float[] [|Embed|](System.ReadOnlySpan<float> input) => [];
}
