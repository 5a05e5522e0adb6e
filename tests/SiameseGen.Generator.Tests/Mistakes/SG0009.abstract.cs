// An abstract class.
[Encoder]
[Features(4), Dense(2)]
public abstract partial class [|Encoder|];
