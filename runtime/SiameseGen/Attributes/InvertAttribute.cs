namespace SiameseGen;

/// <summary>Preprocessing: y = 1 − x, which makes dark ink on paper bright on black.</summary>
/// <remarks>
/// The shape stays; no parameters. A part of the model, so that training and whatever ships cannot disagree about it. Expects values from 0 to 1.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InvertAttribute : LayerAttribute;
