// Only an input.
[Encoder]
[Image(28, 28)]
public partial class [|Encoder|];
