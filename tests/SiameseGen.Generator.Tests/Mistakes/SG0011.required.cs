// A required property.
[Encoder]
[Features(4), Dense(2)]
public partial class Encoder
{
    public required string [|Name|] { get; init; }
}
