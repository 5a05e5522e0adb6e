// The class is called what its embeddings are called.
[Encoder]
[Features(4), Dense(2)]
public partial class [|Embedding|];
