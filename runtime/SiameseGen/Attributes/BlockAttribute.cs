namespace SiameseGen;

/// <summary>
/// Makes layers a piece that encoders and other blocks put in as one, with <see cref="UseAttribute{TBlock}"/>, <see cref="RepeatAttribute{TBlock}"/> and
/// <see cref="ResidualAttribute{TBlock}"/>. Each place where a block is put in has weights of its own.
/// </summary>
/// <remarks>A block has layers and other blocks, no input and no loss. What flows in is known where it is put in, and its shapes are checked there.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;
