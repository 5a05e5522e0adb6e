// A constructor that leaves the weights out.
[Encoder]
[Features(4), Dense(2)]
public partial class Encoder
{
    public [|Encoder|](string path)
    {
    }
}
