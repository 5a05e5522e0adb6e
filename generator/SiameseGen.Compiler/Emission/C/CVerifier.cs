using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>
/// A trained verifier in 8-bit integers as C99 for microcontrollers: a header and a source file that also compile as C++, allocate nothing, keep all numbers as constants
/// and give the same templates and scores, bit for bit, as the verifier in C#.
/// </summary>
/// <param name="Header">The text of <c>prefix.h</c>, in ASCII.</param>
/// <param name="Source">The text of <c>prefix.c</c>, in ASCII, which includes <c>prefix.h</c>.</param>
public sealed record CVerifier(string Header, string Source)
{
    /// <summary>Writes a verifier.</summary>
    /// <param name="artifact">The artifact, of <see cref="ArtifactPrecision.Int8"/>.</param>
    /// <param name="prefix">What all names begin with, and the files are called: a small letter, then small letters, digits and underscores. Verifiers of different prefixes link into one program.</param>
    /// <returns>The two files.</returns>
    /// <exception cref="ArgumentException">The prefix has another form.</exception>
    /// <exception cref="ArtifactException">The artifact is of another precision, or holds what no exporter writes.</exception>
    public static CVerifier Write(Artifact artifact, string prefix)
    {
        if (prefix.Length == 0 || prefix[0] is not (>= 'a' and <= 'z') || !prefix.All(IsOfPrefix))
            throw new ArgumentException($"A prefix is a small letter, then small letters, digits and underscores; this one is '{prefix}'. PrefixOf makes one of any name.", nameof(prefix));
        CProgram program = Read(artifact);
        return new CVerifier(CText.Finish(CHeader.Of(program), prefix), CText.Finish(CSource.Of(program), prefix));
    }

    /// <summary>A prefix for a name: <c>small_glyphs</c> for <c>SmallGlyphs</c>.</summary>
    /// <param name="name">Any name, such as <see cref="Artifact.Encoder"/>.</param>
    public static string PrefixOf(string name)
    {
        var prefix = new System.Text.StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool isLarge = name[i] is >= 'A' and <= 'Z', afterSmall = i > 0 && (name[i - 1] is (>= 'a' and <= 'z') or (>= '0' and <= '9'));
            if (isLarge && afterSmall)
                prefix.Append('_');
            char letter = isLarge ? (char)(name[i] - 'A' + 'a') : name[i];
            prefix.Append(IsOfPrefix(letter) ? letter : '_');
        }

        return prefix.Length > 0 && prefix[0] is >= 'a' and <= 'z' ? prefix.ToString() : "model_" + prefix;
    }

    private static bool IsOfPrefix(char letter) => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_';

    private static CProgram Read(Artifact artifact)
    {
        if (artifact.Precision != ArtifactPrecision.Int8)
            throw new ArtifactException($"it is of the precision {artifact.Precision}, and C is written of {ArtifactPrecision.Int8} only: export with that precision");
        Graph graph;
        try
        {
            Model.EncoderModel model = ArchitectureText.Read(string.Join("; ", artifact.Architecture), artifact.Encoder);
            graph = GraphBuilder.Build(model, new ProblemList(model))!;
        }
        catch (FormatException exception)
        {
            throw new ArtifactException($"it is of an encoder that this SiameseGen does not know: {exception.Message}");
        }

        IntegerProgram program = IntegerPlanner.Plan(graph, artifact.Distance, out string? problem) ?? throw new ArtifactException(Invariant($"it has no form in integers: {problem}"));
        var values = IntegerValues.Read(program, artifact.Payload);
        CRanges.Check(program, values);
        return CProgram.Plan(artifact, program, values);
    }
}
