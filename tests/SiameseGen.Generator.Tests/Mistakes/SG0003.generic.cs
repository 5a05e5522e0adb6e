// A class for any kind of thing.
[Encoder]
[Features(4), Dense(2)]
public partial class [|Encoder|]<T>;
