using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace SiameseGen.Generator.Tests.Roslyn;

public sealed class DiagnosticTests
{
    [Fact]
    public async Task A_problem_in_a_block_is_shown_where_the_block_is_put_in_and_points_into_it()
    {
        (string block, TextSpan inBlock) = Project.Unmark("[Block, ReLU, Conv2D(3, [|Kernel = 5|])] class Stage;");
        (string encoder, TextSpan place) = Project.Unmark("[Encoder, Image(4, 4), [|Use<Stage>|], Flatten] partial class Encoder;");
        Diagnostic diagnostic = Assert.Single(await Project.AnalyzeAsync(Project.Of(encoder, block)));
        Assert.Equal(("File0.cs", place), (diagnostic.Location.SourceTree!.FilePath, diagnostic.Location.SourceSpan));
        Location further = Assert.Single(diagnostic.AdditionalLocations);
        Assert.Equal(("File1.cs", inBlock), (further.SourceTree!.FilePath, further.SourceSpan));
        Assert.Contains("Conv2D(3) in Stage", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    // C# itself says what is wrong with the type argument, where it is written.
    [Theory]
    [InlineData("[Encoder, Features(4), Dense(2), Loss<int>] partial class Encoder;")]
    [InlineData("[Encoder, Features(4), Dense(2), Loss<string>] partial class Encoder;")]
    [InlineData("[Encoder, Features(4), Use<int>] partial class Encoder;")]
    public void A_type_that_cannot_be_meant_is_an_error_of_the_compiler_where_it_stands(string file)
    {
        Compilation project = Project.WithGenerated(Project.Of(file));
        Assert.All(project.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error), error => Assert.Equal("File0.cs", error.Location.SourceTree?.FilePath));
    }

    [Theory]
    [InlineData("namespace Demo; [Block, Conv2D(3), ReLU] public partial class Stage; public partial class Outer { [Block, Repeat<Stage>(2), Dense(4)] partial class Inner; }", 2)]
    [InlineData("/// <summary>Mine.</summary>\n[Block, ReLU] public partial class Stage;", 0)]
    [InlineData("[Block, ReLU] public class Stage;", 0)]
    [InlineData("class Outer { [Block, ReLU] public partial class Stage; }", 0)]
    [InlineData("[Block, ReLU] public partial class Stage<T>;", 0)]
    [InlineData("[Block, ReLU] file partial class Stage;", 0)]
    public async Task A_partial_block_is_documented_by_its_layers(string file, int generated)
    {
        Compilation project = Project.Of(file);
        Assert.Empty(await Project.AnalyzeAsync(project));
        Assert.Equal(generated, Project.Generate(project).GeneratedSources.Length);
        Assert.Empty(Project.ErrorsOfUser(project));
        if (generated > 0)
        {
            Compilation whole = Project.WithGenerated(project);
            Assert.Contains("A block: Conv2D(3), ReLU.", whole.GetTypeByMetadataName("Demo.Stage")!.GetDocumentationCommentXml(cancellationToken: TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("A block: Repeat of Stage(2), Dense(4).", whole.GetTypeByMetadataName("Demo.Outer+Inner")!.GetDocumentationCommentXml(cancellationToken: TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_block_of_another_project_is_put_in_as_one_of_the_own_is()
    {
        const string block = "[Block, Conv2D(3, Padding = Padding.Same, Bias = false), BatchNorm(Epsilon = 0.01f), LeakyReLU] public class Stage;";
        const string encoder = "[Encoder, Image(4, 4), Use<Stage>, Flatten] public partial class Encoder;";
        using var stream = new MemoryStream();
        Assert.True(Project.Of(block).Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success);
        Compilation other = Project.Of(encoder).WithAssemblyName("Other").AddReferences(MetadataReference.CreateFromImage(stream.ToArray()));
        Assert.Empty(await Project.AnalyzeAsync(other));
        Assert.Equal(
            Assert.Single(Project.Generate(Project.Of(block, encoder)).GeneratedSources).SourceText.ToString(),
            Assert.Single(Project.Generate(other).GeneratedSources).SourceText.ToString());
    }

    [Theory]
    [InlineData("SG0001", "[Encoder, Features(4), Dense(2)] class [|Encoder|];")]
    [InlineData("SG0002", "class A { [Encoder, Features(4), Dense(2)] partial class [|Encoder|]; }")]
    [InlineData("SG0002", "class A { partial class B { [Encoder, Features(4), Dense(2)] partial class [|Encoder|]; } }")]
    [InlineData("SG0003", "[Encoder, Features(4), Dense(2)] partial class [|Encoder|]<T>;")]
    [InlineData("SG0003", "partial class A<T> { [Encoder, Features(4), Dense(2)] partial class [|Encoder|]; }")]
    [InlineData("SG0004", "[Encoder, Dense(2)] partial class [|Encoder|];")]
    [InlineData("SG0005", "[Encoder, Features(4), [|Image(2, 2)|], Dense(2)] partial class Encoder;")]
    [InlineData("SG0006", "[Encoder, Features(4)] partial class Encoder; [[|Dense(2)|], Dense(3)] partial class Encoder;")]
    [InlineData("SG0006", "[[|Features(4)|]] partial class Encoder; [Encoder, Dense(2)] partial class Encoder;")]
    [InlineData("SG0007", "[Encoder, Features(4)] partial class [|Encoder|];")]
    [InlineData("SG0009", "[Encoder, Features(4), Dense(2)] static partial class [|Encoder|];")]
    [InlineData("SG0009", "[Encoder, Features(4), Dense(2)] abstract partial class [|Encoder|];")]
    [InlineData("SG0009", "[Encoder, Features(4), Dense(2)] partial record [|Encoder|];")]
    [InlineData("SG0009", "[Encoder, Features(4), Dense(2)] file partial class [|Encoder|];")]
    [InlineData("SG0009", "file partial class A { [Encoder, Features(4), Dense(2)] partial class [|Encoder|]; }")]
    [InlineData("SG0009", "[Encoder, Features(4), Dense(2)] partial class [|Encoder|] : System.IO.StringWriter;")]
    [InlineData("SG0009", "[Encoder, Features(4), Dense(2)] partial class [|Encoder|](string name);")]
    [InlineData("SG0010", "[Encoder, Features(4), Dense(2)] partial class Encoder { public [|Encoder|](string name) { } }")]
    [InlineData("SG0010", "[Encoder, Features(4), Dense(2)] partial class Encoder { private [|Encoder|](string name) : base() { } }")]
    [InlineData("SG0010", "[Encoder, Features(4), Dense(2)] partial class Encoder; partial class Encoder { [|Encoder|]() { } Encoder(string name) : this() { } }")]
    [InlineData("SG0010", "[Encoder, Features(4), Dense(2)] partial class Encoder { public partial [|Encoder|](string name); public partial Encoder(string name) { } }")]
    [InlineData("SG0011", "[Encoder, Features(4), Dense(2)] partial class Encoder { public required string [|Name|] { get; init; } }")]
    [InlineData("SG0011", "[Encoder, Features(4), Dense(2)] public partial class Encoder { public required int [|number|]; public Encoder(string name) : this() { } }")]
    [InlineData("SG0101", "[Encoder, Image(4, 4), [|Dense(2)|]] partial class Encoder;")]
    [InlineData("SG0102", "[Encoder, Image(4, 4), Conv2D(8, [|Kernel = 5|]), Flatten] partial class Encoder;")]
    [InlineData("SG0103", "[Encoder, Image(4, 4), MaxPool2D([|5|]), Flatten] partial class Encoder;")]
    [InlineData("SG0103", "[Encoder, Image(4, 4), AvgPool2D([|size: 5|], Stride = 2), Flatten] partial class Encoder;")]
    [InlineData("SG0104", "[Encoder, Image(4, [|0|]), Flatten] partial class Encoder;")]
    [InlineData("SG0104", "[Encoder, Features(4), Dense([|-1|])] partial class Encoder;")]
    [InlineData("SG0104", "[Encoder, Image(4, 4), Conv2D(8, [|Stride = 0|]), Flatten] partial class Encoder;")]
    [InlineData("SG0105", "[Encoder, Features(4), [|MaxPool2D(2)|], Dense(2)] partial class Encoder;")]
    [InlineData("SG0106", "[Encoder, Image(4, 4), [|Conv2D(8)|]] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Features(4), Dense(2), Dropout([|1f|])] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Features(4), Dense(2), LeakyReLU([|Slope = float.NaN|])] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Image(4, 4), Conv2D(8, [|Padding = (Padding)7|]), Flatten] partial class Encoder;")]
    [InlineData("SG0108", "[Encoder, Features(60000), [|Dense(8000)|]] partial class Encoder;")]
    [InlineData("SG0109", "[Encoder, [|ReLU|], Features(4), Dense(2)] partial class Encoder;")]
    [InlineData("SG0109", "[Encoder, [|TripletLoss|], Features(4), Dense(2)] partial class Encoder;")]
    [InlineData("SG0105", "[Encoder, Features(4), [|SpatialDropout(0.5f)|], Dense(2)] partial class Encoder;")]
    [InlineData("SG0105", "[Encoder, Features(4), [|GeMPool|]] partial class Encoder;")]
    [InlineData("SG0105", "[Encoder, Features(4), [|GlobalMaxPool|]] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Features(4), Standardize(0f, [|0f|]), Dense(2)] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Features(4), Rescale([|0f|]), Dense(2)] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Features(4), ELU([|Alpha = -1f|]), Dense(2)] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Features(4), GELU([|Approximation = (GELUApproximation)2|]), Dense(2)] partial class Encoder;")]
    [InlineData("SG0110", "[Encoder, Features(8), GroupNorm([|3|]), Dense(2)] partial class Encoder;")]
    [InlineData("SG0201", "[Encoder, Features(4), Dense(2), TripletLoss, [|ContrastiveLoss|]] partial class Encoder;")]
    [InlineData("SG0201", "[Encoder, Features(4), Dense(2), ContrastiveLoss(Weight = 1), [|CircleLoss|]] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Features(4), Dense(2), ContrastiveLoss([|Weight = 0|]), CircleLoss(Weight = 1)] partial class Encoder;")]
    [InlineData("SG0202", "[Encoder, Features(4), Dense(2), TripletLoss([|Margin = -1|])] partial class Encoder;")]
    [InlineData("SG0203", "[Encoder, Features(4), Dense(2)] partial class Encoder { object Train() => new [|SiameseGen.Training.Trainer<Encoder>|](this); }")]
    [InlineData("SG0401", "class Stage; [Encoder, Features(4), [|Use<Stage>|]] partial class Encoder;")]
    [InlineData("SG0402", "[Block, ReLU, [|Repeat<Stage>(2)|]] partial class Stage;")]
    [InlineData("SG0403", "[Block, ReLU, [|TripletLoss|]] partial class Stage;")]
    [InlineData("SG0404", "[Block] partial class [|Stage|];")]
    [InlineData("SG0405", "[Block, Dense(3)] partial class Body; [Encoder, Features(4), [|Residual<Body>|]] partial class Encoder;")]
    [InlineData("SG0405", "[Block, Dense(3)] class Body; [Block, Dense(2)] class Beside; [Encoder, Features(4), [|Residual<Body, Beside>|]] partial class Encoder;")]
    [InlineData("SG0407", "[Encoder, Features(4), Dense(2, [|Name = \"2nd\"|])] partial class Encoder;")]
    [InlineData("SG0407", "[Encoder, Features(4), Dense(2, Name = \"a\"), Dense(3, [|Name = \"A\"|])] partial class Encoder;")]
    [InlineData("SG0407", "[Encoder, Features(4), Dense(2), Dense(3, [|Name = \"dense1\"|])] partial class Encoder;")]
    [InlineData("SG0104", "[Block, Dense([|0|])] partial class Stage; [Encoder, Features(4), Use<Stage>] partial class Encoder;")]
    [InlineData("SG0104", "[Encoder, Image(4, 4), SeparableConv2D([|0|]), Flatten] partial class Encoder;")]
    [InlineData("SG0104", "[Encoder, Image(4, 4), SqueezeExcite([|0|]), Flatten] partial class Encoder;")]
    [InlineData("SG0104", "[Block, ReLU] partial class Stage; [Encoder, Features(4), Repeat<Stage>([|0|])] partial class Encoder;")]
    [InlineData("SG0102", "[Encoder, Image(4, 4), SeparableConv2D(3, [|Kernel = 5|]), Flatten] partial class Encoder;")]
    [InlineData("SG0102", "[Block, Conv2D(3, Kernel = 5)] class Stage; [Encoder, Image(4, 4), [|Use<Stage>|], Flatten] partial class Encoder;")]
    [InlineData("SG0102", "[Block, Conv2D(3, Kernel = 4)] class Stage; [Encoder, Image(4, 4), [|Repeat<Stage>(3)|], Flatten] partial class Encoder;")]
    [InlineData("SG0501", "[Encoder([|MaxParameters = 5|]), Features(4), Dense(2)] partial class Encoder;")]
    [InlineData("SG0501", "[Encoder(MaxParameters = 10, [|MaxMultiplyAdds = 7|]), Features(4), Dense(2)] partial class Encoder;")]
    [InlineData("SG0501", "[Encoder(MaxMultiplyAdds = 8, [|MaxWorkspaceBytes = 9|]), Features(4), Dense(2)] partial class Encoder;")]
    [InlineData("SG0501", "[Encoder([|MaxParameters = -1|]), Features(4), Dense(2)] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Features(4), Dense(2, [|LearningRateFactor = 0f|])] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Features(4), Dense(2, [|WeightDecayFactor = -1f|])] partial class Encoder;")]
    [InlineData("SG0107", "[Encoder, Features(4), Dense(2, [|Initializer = (Initializer)99|])] partial class Encoder;")]
    [InlineData("SG0105", "[Encoder, Features(4), [|SqueezeExcite|]] partial class Encoder;")]
    [InlineData("SG0101", "[Block, Dense(3)] class Stage; [Block, Use<Stage>] class Outer; [Encoder, Image(4, 4), [|Use<Outer>|]] partial class Encoder;")]
    [InlineData("SG0006", "[Block, Dense(3)] partial class Stage; [[|ReLU|]] partial class Stage;")]
    public async Task A_problem_is_reported_where_it_can_be_mended(string id, string marked)
    {
        (string file, TextSpan place) = Project.Unmark(marked);
        Diagnostic diagnostic = Assert.Single(await Project.AnalyzeAsync(Project.Of(file)));
        Assert.Equal((id, place), (diagnostic.Id, diagnostic.Location.SourceSpan));
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.DoesNotContain('{', diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));

        GeneratorRunResult generated = Project.Generate(Project.Of(file));
        Assert.Empty(generated.Diagnostics);
        Assert.Equal(id == "SG0203" ? 1 : 0, Project.Whole(generated).Count(source => source.SourceText.ToString().Contains("IEncoder<", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("int [|Summary|] = 1;", "Summary")]
    [InlineData("static void [|Info|]() { }", "Info")]
    [InlineData("object [|Loss|] => this;", "Loss")]
    [InlineData("class [|Embedding|];", "Embedding")]
    [InlineData("enum [|Parameters|] { None }", "Parameters")]
    [InlineData("delegate void [|Distance|]();", "Distance")]
    [InlineData("event System.Action? [|Save|];", "Save")]
    [InlineData("object? [|_engine|];", "_engine")]
    [InlineData("class [|Network|];", "Network")]
    [InlineData("void [|Save|](string file) { }", "Save")]
    [InlineData("static int [|Load|](string file) => 1;", "Load")]
    [InlineData("public int [|Embed|](System.ReadOnlySpan<byte> picture) => 1;", "Embed")]
    [InlineData("static bool [|Distance|](Embedding one, in Embedding other) => true;", "Distance")]
    [InlineData("public [|Encoder|](int number) : this() { }", "Encoder(int)")]
    public async Task A_member_in_the_way_is_reported_at_the_member(string member, string name)
    {
        (string file, TextSpan place) = Project.Unmark($"[Encoder, Features(4), Dense(2), L2Normalize, TripletLoss] partial class Encoder {{ {member} }}");
        Diagnostic diagnostic = Assert.Single(await Project.AnalyzeAsync(Project.Of(file)));
        Assert.Equal(("SG0008", place), (diagnostic.Id, diagnostic.Location.SourceSpan));
        Assert.Contains($"'{name}'", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Empty(Project.Generate(Project.Of(file)).GeneratedSources);
    }

    [Theory]
    [InlineData("Embedding")]
    [InlineData("Loss")]
    [InlineData("Network")]
    public async Task A_class_named_like_one_of_its_generated_members_is_reported(string name)
    {
        (string file, TextSpan place) = Project.Unmark($"[Encoder, Features(4), Dense(2), L2Normalize, TripletLoss] partial class [|{name}|];");
        Diagnostic diagnostic = Assert.Single(await Project.AnalyzeAsync(Project.Of(file)));
        Assert.Equal(("SG0008", place), (diagnostic.Id, diagnostic.Location.SourceSpan));
    }

    [Theory]
    [InlineData("public Embedding Embed(string file) => Embed(new float[4]);")]
    [InlineData("public static float Distance(float[] left, float[] right) => 0;")]
    [InlineData("public void Save<T>(string path) { }")]
    [InlineData("public void Save(System.IO.Stream stream) { } public static Encoder Load(System.IO.Stream stream) => new();")]
    [InlineData("public Encoder(string file) : this(seed: 1) { }")]
    [InlineData("private Encoder(string file) : this() { } public Encoder(int seed, string file) : this(file) { } static Encoder() { }")]
    [InlineData("public partial Encoder(string file); public partial Encoder(string file) : this(1) { }")]
    [InlineData("public static void Forward() { } public void Backward() { } class Dense1;")]
    [InlineData("public float _bias = 1f; public string Name { get; set; } = \"\"; public int this[int i] => i;")]
    public async Task Other_members_are_welcome(string member)
    {
        string file = $"[Encoder, Features(4), Dense(2), L2Normalize, TripletLoss] sealed partial class Encoder : System.ICloneable {{ {member} public object Clone() => this; }}";
        Assert.Empty(await Project.AnalyzeAsync(Project.Of(file)));
        Assert.Empty(Project.ErrorsOfUser(Project.Of(file)));
    }

    // Of all that says something to the encoder, nothing but the mistake itself is wrong.
    [Theory]
    [InlineData("SG0101", "[Encoder, Image(4, 4), [|Dense(2)|], TripletLoss]")]
    [InlineData("SG0004", "[Encoder, Dense(2), ContrastiveLoss]")]
    [InlineData("SG0104", "[Encoder, Features(4), Dense([|0|]), TripletLoss]")]
    [InlineData("SG0201", "[Encoder, Features(4), Dense(2), TripletLoss, [|ContrastiveLoss|]]")]
    [InlineData("SG0501", "[Encoder([|MaxParameters = 1|]), Features(4), Dense(2), TripletLoss]")]
    public async Task Code_that_uses_a_broken_encoder_still_compiles(string id, string attributes)
    {
        string file = $$"""
            using SiameseGen.Training;
            {{attributes.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)}}
            public sealed partial class Broken
            {
                public string File { get; set; } = "";
                public Embedding Mine() => Embed(new float[4]);
                public Broken(string file) : this(1) => File = file;
            }

            static class User
            {
                static async System.Threading.Tasks.Task<float> Use(SiameseGen.Data.IExampleSet examples)
                {
                    var encoder = new Broken(seed: 3);
                    SiameseGen.Losses.EmbeddingLoss loss = Broken.Loss;
                    string text = Broken.Summary + Broken.Info.Name + loss.Name;
                    await new Trainer<Broken>(encoder).FitAsync(examples);
                    encoder.Save(text);
                    Broken.Embedding left = Broken.Load(text).Embed(new byte[4]), right = Broken.Embedding.From(left.Values);
                    return Broken.Distance(left, right).Value + encoder.Parameters.Values[0];
                }
            }
            """;
        Assert.Equal(id, Assert.Single(await Project.AnalyzeAsync(Project.Of(file))).Id);
        Assert.Empty(Project.ErrorsOfUser(Project.Of(file)));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    public async Task A_version_of_the_language_that_is_too_old_is_reported(LanguageVersion version)
    {
        (string file, TextSpan place) = Project.Unmark("[Encoder, Features(4), Dense(2)] partial class [|Encoder|] { }");
        CSharpCompilation project = Project.Of(Project.Parsing.WithLanguageVersion(version), file);
        ImmutableArray<Diagnostic> diagnostics = await Project.AnalyzeAsync(project);
        Assert.Equal(version < LanguageVersion.CSharp13 ? [("SG0012", place)] : [], diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.Empty(Project.ErrorsOfUser(project));
        Assert.Equal(1 - diagnostics.Length, Project.Generate(project).GeneratedSources.Length);
    }

    [Theory]
    [InlineData("// <auto-generated/>\n", "Encoder.cs")]
    [InlineData("", "Encoder.Designer.cs")]
    [InlineData("", "Encoder.g.cs")]
    public async Task Problems_show_in_files_of_other_generators_too(string head, string path)
    {
        CSharpCompilation project = Project.Of().AddSyntaxTrees(Project.Read($"{head}[Encoder, Features(4), Dense(0)] partial class Encoder;", path));
        Assert.Equal("SG0104", Assert.Single(await Project.AnalyzeAsync(project)).Id);
    }

    [Fact]
    public async Task Problems_with_equal_words_show_at_each_place()
    {
        ImmutableArray<Diagnostic> diagnostics = await Project.AnalyzeAsync(
            Project.Of("[Encoder, Features(4), Dense(2)] partial class Encoder { int Save; string Save => \"\"; }"));
        Assert.Equal(["SG0008", "SG0008"], diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Equal(2, diagnostics.Select(diagnostic => diagnostic.Location.SourceSpan).Distinct().Count());
    }

    [Fact]
    public async Task Without_a_loss_the_name_is_free() =>
        Assert.Empty(await Project.AnalyzeAsync(Project.Of("[Encoder, Features(4), Dense(2)] partial class Encoder { object Loss => this; }")));

    [Fact]
    public async Task Every_problem_of_a_model_shows_at_once()
    {
        ImmutableArray<Diagnostic> diagnostics = await Project.AnalyzeAsync(Project.Of(
            "[Encoder, Image(4, 4), Conv2D(0), Dropout(2), TripletLoss(Margin = 0)] class Encoder { int Embed; }"));
        Assert.Equal(["SG0001", "SG0008", "SG0104", "SG0107", "SG0202"], diagnostics.Select(diagnostic => diagnostic.Id).Order());
    }

    [Theory]
    [InlineData("[Encoder, Image(4, 4), Dens(8), Dense(2)] partial class Encoder;")]
    [InlineData("[Encoder, Image(4, 4), Conv2D(), Dense(2)] partial class Encoder;")]
    [InlineData("[Encoder, Image(4), Dense(2)] partial class Encoder;")]
    public async Task Errors_of_the_language_are_left_to_the_compiler(string file) => Assert.Empty(await Project.AnalyzeAsync(Project.Of(file)));

    [Theory]
    [InlineData("[Encoder, Features(4), Dense(2)] partial class Encoder; [Encoder] partial class Encoder;")]
    [InlineData("[Encoder, Features(4), Dense(2)] partial class Encoder; partial class Encoder { int Mine => 1; }")]
    [InlineData("partial class Encoder { int Mine => 1; } [Encoder, Features(4), Dense(2)] partial class Encoder;")]
    [InlineData("namespace @event; partial interface @is { partial record struct @in { [Encoder, Features(4), Dense(2)] partial class @class; } }")]
    [InlineData("[Encoder, Features(4), Dense(2)] partial class Größe1;")]
    [InlineData("[Encoder, Features(4), Dense(2)] partial class छवि_e\u0301;")]
    [InlineData("[type: Encoder] [type: Features(4), Dense(2)] partial class Encoder;")]
    [InlineData("using E = SiameseGen.EncoderAttribute; [E, Features(4), Dense(2)] partial class Encoder;")]
    public async Task Unusual_declarations_that_work_work(string file)
    {
        Assert.Empty(await Project.AnalyzeAsync(Project.Of(file)));
        GeneratorRunResult generated = Project.Generate(Project.Of(file));
        Assert.Empty(generated.Diagnostics);
        Assert.Null(generated.Exception);
        Assert.Single(generated.GeneratedSources);
    }
}
