// Three by three on two by two.
[Encoder]
[Image(4, 4)]
[MaxPool2D(2), [|Conv2D(8)|]]
[Flatten, Dense(2)]
public partial class Encoder;
