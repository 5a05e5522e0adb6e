// Groups that do not divide the filters.
[Encoder]
[Image(8, 8, Channels = 4), Conv2D(6, [|Groups = 4|]), Flatten]
public partial class Encoder;
