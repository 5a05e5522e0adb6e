// An encoder within another.
[Encoder]
[Features(4), Dense(4)]
public partial class Inner;

[Encoder]
[Features(4), [|Use<Inner>|], Dense(2)]
public partial class Encoder;
