// A nested type of the same name.
[Encoder]
[Features(4), Dense(2)]
public partial class Encoder
{
    public struct [|Embedding|];
}
