using MyVerifier;
using SiameseGen.Verification;

if (args.Length != 2)
{
    Console.WriteLine(GlyphVerifier.Summary);
    Console.WriteLine("Usage: MyVerifier.App ENROLLED CLAIMED, two pictures of 16×16 bytes. Ends with 0: match, 1: no match, 2: unsure.");
    return 3;
}

GlyphVerifier.Template enrolled = GlyphVerifier.Enrol(File.ReadAllBytes(args[0]));
Decision decision = GlyphVerifier.Verify(enrolled, File.ReadAllBytes(args[1]));
Console.WriteLine($"{decision.Verdict}: distance {decision.Distance.Value:F2}, threshold {decision.Threshold.Value:F2}, {GlyphVerifier.Probability(decision.Distance)} likely the same");
return decision.Verdict switch
{
    Verdict.Match => 0,
    Verdict.Unsure => 2,
    _ => 1,
};
