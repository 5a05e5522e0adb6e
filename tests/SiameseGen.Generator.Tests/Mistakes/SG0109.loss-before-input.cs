// The loss first.
[Encoder]
[[|ContrastiveLoss|]]
[Features(8)]
[Dense(4)]
public partial class Encoder;
