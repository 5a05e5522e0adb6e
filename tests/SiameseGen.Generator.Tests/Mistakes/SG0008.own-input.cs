// A nested type of one's own with the name of the generated one.
[Encoder]
[Features(4), Dense(2)]
public partial class Encoder
{
    public struct [|Input|];
}
