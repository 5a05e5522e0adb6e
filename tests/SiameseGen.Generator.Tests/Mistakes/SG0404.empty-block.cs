// A block without layers.
[Block]
public partial class [|Stage|];
