// The class around it is not partial.
public class Outer
{
    [Encoder, Features(4), Dense(2)]
    public partial class [|Encoder|];
}
