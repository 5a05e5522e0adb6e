// A class within a generic one.
public partial class Outer<T>
{
    [Encoder, Features(4), Dense(2)]
    public partial class [|Encoder|];
}
