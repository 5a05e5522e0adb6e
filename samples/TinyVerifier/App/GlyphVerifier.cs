using SiameseGen;

namespace TinyVerifier;

/// <summary>The shipped twin: <see cref="TinyGlyphEncoder"/> in 8-bit integers, its weights constants of the assembly.</summary>
[Verifier<TinyGlyphEncoder>("glyphs.siamese", Precision = Precision.Int8)]
internal static partial class GlyphVerifier;
