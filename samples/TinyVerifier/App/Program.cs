using System.Globalization;
using SiameseGen.Verification;
using TinyVerifier;
using static TinyVerifier.StandardStreams;

if (args.Length == 1 && args[0] == "--about")
{
    Answer(GlyphVerifier.Summary);
    return ExitCodes.Match;
}

if (args.Length is not (2 or 3))
{
    Complain("Usage: tinyverifier ENROLLED.pgm [ENROLLED2.pgm] CLAIMED.pgm, or tinyverifier --about\nPictures are of 28 by 28 pixels, 8 bits, dark ink on white paper. Ends with 0: match, 1: no match, 2: unsure, 3: bad input.");
    return ExitCodes.BadInput;
}

Span<GlyphVerifier.Template> templates = new GlyphVerifier.Template[args.Length];
Span<byte> ink = stackalloc byte[GlyphVerifier.InputLength];
for (int i = 0; i < args.Length; i++)
{
    if (GreyMap.Read(args[i], ink) is { } problem)
    {
        Complain(args[i] + ": " + problem + ".");
        return ExitCodes.BadInput;
    }

    templates[i] = GlyphVerifier.Enrol(ink);
}

// The enrolled picture that is closer decides.
Decision decision = GlyphVerifier.Verify(templates[0], templates[^1]);
if (args.Length == 3 && GlyphVerifier.Verify(templates[1], templates[^1]) is var other && other.Score < decision.Score)
    decision = other;
Answer(ExitCodes.Words(decision) + ": score " + decision.Score.ToString(CultureInfo.InvariantCulture));
return ExitCodes.Of(decision);
