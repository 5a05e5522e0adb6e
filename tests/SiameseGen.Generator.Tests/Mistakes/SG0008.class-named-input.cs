// A class with the name of a member that is generated in it.
[Encoder]
[Features(4), Dense(2)]
public partial class [|Input|];
