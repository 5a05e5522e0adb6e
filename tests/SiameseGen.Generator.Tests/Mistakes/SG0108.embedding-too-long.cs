// An embedding of a whole picture.
[Encoder]
[Image(224, 224)]
[[|Flatten|]]
public partial class Encoder;
