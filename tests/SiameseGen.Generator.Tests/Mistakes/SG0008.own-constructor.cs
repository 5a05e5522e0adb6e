// A constructor of the same signature.
[Encoder]
[Features(4), Dense(2)]
public partial class Encoder
{
    public [|Encoder|](int seed)
    {
    }
}
