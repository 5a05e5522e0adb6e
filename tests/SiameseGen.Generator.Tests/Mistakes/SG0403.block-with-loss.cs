// A loss in a block.
[Block]
[Dense(4), [|TripletLoss|]]
public partial class Stage;

