// One of the classes around it is not partial.
public class Outer
{
    public partial class Inner
    {
        [Encoder, Features(4), Dense(2)]
        public partial class [|Encoder|];
    }
}
