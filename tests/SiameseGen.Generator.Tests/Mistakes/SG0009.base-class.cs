// Derived, as modules are in PyTorch.
public class Module;

[Encoder]
[Features(4), Dense(2)]
public partial class [|Encoder|] : Module;
