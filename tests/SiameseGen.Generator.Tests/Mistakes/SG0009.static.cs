// A static class.
[Encoder]
[Features(4), Dense(2)]
public static partial class [|Encoder|];
