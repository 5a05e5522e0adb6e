// Layers on another part of the class.
[Encoder]
[Features(4)]
public partial class Encoder;

[[|Dense(2)|]]
public partial class Encoder;
