// More working memory than allowed.
[Encoder([|MaxWorkspaceBytes = 4096|])]
[Image(28, 28), Conv2D(32), GlobalAvgPool]
public partial class Encoder;
