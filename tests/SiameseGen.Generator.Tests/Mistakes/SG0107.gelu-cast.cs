// An approximation that does not exist.
[Encoder]
[Features(8), Dense(4), GELU([|Approximation = (GELUApproximation)5|])]
public partial class Encoder;
