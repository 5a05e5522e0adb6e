// Groups that do not divide the channels that arrive.
[Encoder]
[Image(8, 8, Channels = 3), Conv2D(8, [|Groups = 2|]), Flatten]
public partial class Encoder;
