// Local to its file.
[Encoder]
[Features(4), Dense(2)]
file partial class [|Encoder|];
