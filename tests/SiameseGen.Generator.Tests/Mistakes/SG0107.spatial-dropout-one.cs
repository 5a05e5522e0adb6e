// Every channel dropped.
[Encoder]
[Image(8, 8), SpatialDropout([|1f|]), Flatten]
public partial class Encoder;
