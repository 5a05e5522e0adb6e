using SiameseGen;

namespace MyVerifier;

/// <summary>The encoder as it ships: 8-bit integers, constants of this program. Until Train has written glyphs.siamese its methods throw.</summary>
[Verifier<GlyphEncoder>("glyphs.siamese", Precision = Precision.Int8)]
internal static partial class GlyphVerifier;
