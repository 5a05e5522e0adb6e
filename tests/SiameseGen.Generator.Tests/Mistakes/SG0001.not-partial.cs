// The class is not partial.
[Encoder]
[Features(4), Dense(2)]
public class [|Encoder|];
