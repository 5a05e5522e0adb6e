// A block within itself.
[Block]
[Dense(4), [|Residual<Stage>|]]
public partial class Stage;
