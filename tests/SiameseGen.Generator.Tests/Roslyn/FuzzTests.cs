using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using SiameseGen.Generator.Tests.Gradients;
using Xunit;
using Project = SiameseGen.Generator.Tests.Roslyn.Project;

namespace SiameseGen.Generator.Tests.Roslyn;

/// <summary>
/// Random stacks of attributes on random classes: valid ones, and ones with absurd numbers, missing and foreign parts, and every kind of declaration. The suite runs
/// some hundred; <c>SIAMESEGEN_FUZZ=20000</c> runs as many as it says.
/// </summary>
public sealed class FuzzTests
{
    private const int PerProject = 40, InSuite = 480;

    private static readonly string[] Numbers =
        ["0", "-1", "1", "2", "3", "7", "64", "4097", "65537", "2147483647", "-2147483648", "0.5f", "float.NaN", "float.PositiveInfinity", "1e38f", "-0f", "3.0"];

    private static readonly string[] Layers =
    [
        "Conv2D({0})", "Conv2D({0}, Kernel = {0})", "Conv2D(4, Stride = {0})", "Conv2D(4, Padding = (Padding){0})", "Conv2D(8, Padding = Padding.Same)", "DepthwiseConv2D", "Conv2D(8, Groups = {0}, Dilation = {0})",
        "Conv2D(4, KernelHeight = {0}, Pad = {0})", "Conv2D(6, KernelWidth = 2, PadTop = {0}, PadRight = 1)", "MaxPool2D({0}, 2, Stride = 1)", "AvgPool2D(3, Pad = {0})",
        "DepthwiseConv2D(Kernel = {0})", "SeparableConv2D({0})", "Dense({0})", "Dense(8)", "Dense(4, Bias = false, Name = \"a{0}\")", "BatchNorm", "BatchNorm(Epsilon = {0})",
        "LayerNorm", "GroupNorm({0})", "ReLU", "LeakyReLU(Slope = {0})", "PReLU", "ELU(Alpha = {0})", "GELU", "GELU((GELUApproximation){0})", "SiLU", "HardSwish", "Softplus", "Sigmoid", "Tanh",
        "MaxPool2D({0})", "MaxPool2D(2, Stride = {0})", "AvgPool2D({0})", "GlobalAvgPool", "GlobalMaxPool", "GeMPool(Power = {0})", "Dropout({0})", "SpatialDropout({0})",
        "Rescale({0}, Offset = {0})", "Standardize({0}, {0})", "Invert", "Flatten", "L2Normalize", "SqueezeExcite({0})", "Use<Piece>", "Repeat<Piece>({0})", "Residual<Piece>",
        "Residual<Piece, Piece>", "Use<string>", "Use<Missing>", "Conv2D", "Dense(\"8\")", "Dense(8, Frozen = true, LearningRateFactor = {0})", "System.Obsolete", "Image({0}, {0})",
        "TripletLoss(Margin = {0})", "ContrastiveLoss", "ContrastiveLoss(Distance = (DistanceMetric){0})", "Loss<Own>", "Loss<int>",
    ];

    private static readonly string[] Inputs = ["Image(8, 8)", "Image(9, 7, Channels = 3)", "Features(12)", "Image({0}, {0}, Channels = {0})", "Features({0})", "ReLU"];

    private static readonly string[] Names = ["Encoder{0}", "@class", "Größe{0}", "छवि{0}", "_{0}", "Embedding", "Loss", "Network{0}", "e\u0301{0}", "Encoder{0}<T>", "List{0}", "@record{0}", "system{0}", "Encoder{0}"];

    private static readonly string[] Kinds =
        ["partial class", "partial class", "partial class", "public sealed partial class", "internal partial class", "class", "static partial class", "abstract partial class", "partial record", "file partial class", "partial struct", "interface"];

    public static TheoryData<int> Seeds
    {
        get
        {
            int wanted = int.Parse(Environment.GetEnvironmentVariable("SIAMESEGEN_FUZZ") ?? InSuite.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            return [.. Enumerable.Range(0, (wanted + PerProject - 1) / PerProject)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nothing_throws_and_what_has_no_mistake_compiles(int seed)
    {
        var random = new Random(seed);
        string[] files = [Pieces, .. Enumerable.Range(0, PerProject).Select(number => File(random, number))];
        Compilation project = Project.Of(files);
        GeneratorRunResult generated = Project.Generate(project);
        Assert.True(generated.Exception is null, $"{generated.Exception}");
        Assert.Empty(generated.Diagnostics);

        ImmutableArray<Diagnostic> analyzed = await Project.AnalyzeAsync(project);
        Assert.All(analyzed, diagnostic => Assert.True(diagnostic.Id.StartsWith("SG", StringComparison.Ordinal) && diagnostic.Id != "SG9999", $"{diagnostic}"));

        // A file of which nobody says anything has no error, and generated code has none in any case.
        HashSet<string> wrong = [.. analyzed.Concat(project.GetDiagnostics(TestContext.Current.CancellationToken)).Where(IsError).Select(FileOf)];
        Diagnostic[] errors = [.. Project.WithGenerated(project).GetDiagnostics(TestContext.Current.CancellationToken).Where(IsError)];
        Assert.All(errors, error => Assert.True(wrong.Contains(FileOf(error)), $"{error}\n{string.Join("\n", files.Where((_, i) => FileOf(error) == $"File{i}.cs"))}"));
    }

    // A class without a body of its own is not valid for every kind of declaration, a second part of it may be.
    private static string File(Random random, int number)
    {
        string Number() => Numbers[random.Next(Numbers.Length)];
        string Fill(string text)
        {
            while (text.Contains("{0}", StringComparison.Ordinal))
            {
                int at = text.IndexOf("{0}", StringComparison.Ordinal);
                text = text.Remove(at, 3).Insert(at, text.Contains('"', StringComparison.Ordinal) ? number.ToString(CultureInfo.InvariantCulture) : Number());
            }

            return text;
        }

        string name = Names[random.Next(Names.Length)].Replace("{0}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        if (random.Next(3) == 0)
        {
            // One that is valid, in whatever place.
            string valid = RandomDeclarations.Make(1, random.Next()).Single().Replace("Block0x", $"Block{number}x", StringComparison.Ordinal);
            return Wrapped(random, number, $"{valid}\npartial class Encoder{number};");
        }

        List<string> attributes = ["Encoder", Fill(Inputs[random.Next(Inputs.Length)])];
        for (int layers = random.Next(0, 9); layers > 0; layers--)
            attributes.Add(Fill(Layers[random.Next(Layers.Length)]));
        if (random.Next(6) == 0)
            attributes.RemoveAt(random.Next(attributes.Count));
        if (random.Next(8) == 0)
            attributes.Reverse();
        var text = new StringBuilder();
        int split = random.Next(attributes.Count + 1);
        string kind = Kinds[random.Next(Kinds.Length)];
        text.Append(CultureInfo.InvariantCulture, $"[{string.Join(", ", attributes.Take(Math.Max(1, split)))}]\n");
        bool isSpread = random.Next(8) == 0 && kind.Contains("partial", StringComparison.Ordinal);
        if (isSpread)
            text.Append(CultureInfo.InvariantCulture, $"{kind} {name} {{ }}\n");
        if (split > 0 && split < attributes.Count)
            text.Append(CultureInfo.InvariantCulture, $"[{string.Join(", ", attributes.Skip(split))}]\n");
        text.Append(CultureInfo.InvariantCulture, $"{kind} {name} {{ }}\n");
        return Wrapped(random, number, text.ToString());
    }

    private static string Wrapped(Random random, int number, string text) => random.Next(6) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"namespace Space{number}.Größe {{\n{text}}}\n"),
        1 => string.Create(CultureInfo.InvariantCulture, $"partial class Around{number} {{\n{text}}}\n"),
        2 => string.Create(CultureInfo.InvariantCulture, $"partial interface IAround{number}<T> {{\n{text}}}\n"),
        3 => string.Create(CultureInfo.InvariantCulture, $"class Around{number} {{\n{text}}}\n"),
        _ => string.Create(CultureInfo.InvariantCulture, $"namespace Space{number};\n{text}"),
    };

    private const string Pieces = """
        [Block, BatchNorm, ReLU] class Piece;
        struct Own : SiameseGen.Losses.IEmbeddingLoss
        {
            public string Name => "";
            public DistanceMetric Distance => default;
            public bool Accepts(SiameseGen.Sampling.BatchStructure structure) => true;
            public SiameseGen.Losses.LossResult Evaluate(SiameseGen.Sampling.Batch batch, System.ReadOnlySpan<float> embeddings, System.Span<float> gradients, SiameseGen.Losses.LossWorkspace workspace) => default;
        }
        """;

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity is DiagnosticSeverity.Error;

    private static string FileOf(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath ?? "";
}
