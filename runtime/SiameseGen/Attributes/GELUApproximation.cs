namespace SiameseGen;

/// <summary>How <see cref="GELUAttribute"/> computes the distribution function of the standard normal.</summary>
public enum GELUApproximation
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>½ (1 + tanh(√(2/π) · (x + 0.044715x³))), as some networks were trained.</summary>
    Tanh,
}
