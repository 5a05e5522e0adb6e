// A record.
[Encoder]
[Features(4), Dense(2)]
public partial record [|Encoder|];
