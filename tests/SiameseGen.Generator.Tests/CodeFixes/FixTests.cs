using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using SiameseGen.CodeFixes;
using SiameseGen.Generator.Tests.Roslyn;
using Xunit;
using Project = SiameseGen.Generator.Tests.Roslyn.Project;

namespace SiameseGen.Generator.Tests.CodeFixes;

/// <summary>What an editor offers to mend, applied: afterwards nothing is wrong any more, unless another mistake is left.</summary>
public sealed class FixTests
{
    private static readonly ImmutableArray<CodeFixProvider> Fixes =
        [.. typeof(MechanicalFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(MechanicalFix)) && !type.IsAbstract).Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    [Theory]
    [InlineData("[Encoder, Features(4), Dense(2)] class Encoder;", "[Encoder, Features(4), Dense(2)] partial class Encoder;")]
    [InlineData("[Encoder, Features(4), Dense(2)]\n/* mine */ public sealed class Encoder;", "[Encoder, Features(4), Dense(2)]\n/* mine */ public sealed partial class Encoder;")]
    [InlineData("class A { class B { [Encoder, Features(4), Dense(2)] partial class Encoder; } }", "partial class A { partial class B { [Encoder, Features(4), Dense(2)] partial class Encoder; } }")]
    [InlineData("[Encoder, Image(4, 4), Conv2D(8), Dense(2)] partial class Encoder;", "[Encoder, Image(4, 4), Conv2D(8), Flatten, Dense(2)] partial class Encoder;")]
    [InlineData("[Encoder, Image(4, 4)]\n[Dense(2)] // small\npartial class Encoder;", "[Encoder, Image(4, 4)]\n[Flatten, Dense(2)] // small\npartial class Encoder;")]
    [InlineData("[Encoder, Image(4, 4), SiameseGen.Dense(2)] partial class Encoder;", "[Encoder, Image(4, 4), SiameseGen.Flatten, SiameseGen.Dense(2)] partial class Encoder;")]
    [InlineData("[Encoder, Image(4, 4), Conv2D(8)] partial class Encoder;", "[Encoder, Image(4, 4), Conv2D(8), Flatten] partial class Encoder;")]
    [InlineData("[Encoder, Image(4, 4)]\n[Conv2D(8)]\n[ContrastiveLoss] partial class Encoder;", "[Encoder, Image(4, 4)]\n[Conv2D(8), Flatten]\n[ContrastiveLoss] partial class Encoder;")]
    [InlineData("[Block, Dense(3)] class Stage; [Encoder, Image(4, 4), Use<Stage>] partial class Encoder;", "[Block, Dense(3)] class Stage; [Encoder, Image(4, 4), Flatten, Use<Stage>] partial class Encoder;")]
    [InlineData("[Encoder, Image(4, 4), Conv2D(8, Kernel = 5), Flatten] partial class Encoder;", "[Encoder, Image(4, 4), Conv2D(8, Kernel = 5, Padding = Padding.Same), Flatten] partial class Encoder;")]
    [InlineData("[Encoder, Image(4, 4), Conv2D(8, Padding = Padding.Valid, Kernel = 5), Flatten] partial class Encoder;", "[Encoder, Image(4, 4), Conv2D(8, Padding = Padding.Same, Kernel = 5), Flatten] partial class Encoder;")]
    [InlineData("[Encoder, Features(12), GroupNorm(5), Dense(2)] partial class Encoder;", "[Encoder, Features(12), GroupNorm(4), Dense(2)] partial class Encoder;")]
    [InlineData("[Encoder, Features(4), Dense(2), ContrastiveLoss(Margin = 2f), TripletLoss] partial class Encoder;", "[Encoder, Features(4), Dense(2), ContrastiveLoss(Margin = 2f)] partial class Encoder;")]
    [InlineData("[Encoder, Features(4)]\n[Features(5)]\n[Dense(2)] partial class Encoder;", "[Encoder, Features(4)]\n[Dense(2)] partial class Encoder;")]
    [InlineData("[Block, ReLU, TripletLoss] class Stage;", "[Block, ReLU] class Stage;")]
    [InlineData("[Encoder, ReLU, Features(4), Dense(2)] partial class Encoder;", "[Encoder, Features(4), ReLU, Dense(2)] partial class Encoder;")]
    [InlineData("[Encoder]\n[Dense(2), ReLU]\n[Features(4)]\npartial class Encoder;", "[Encoder]\n[Features(4), Dense(2), ReLU]\npartial class Encoder;")]
    [InlineData("[Encoder, Features(4), Dense(2)] partial class Encoder { public Encoder(string path) { } }", "[Encoder, Features(4), Dense(2)] partial class Encoder { public Encoder(string path) : this(seed: 0) { } }")]
    [InlineData("[Encoder, Features(4), Dense(2), TripletLoss] partial class Encoder;", "[Encoder, Features(4), Dense(2), L2Normalize, TripletLoss] partial class Encoder;")]
    [InlineData("[Encoder]\n[Features(4), Dense(2)]\n[TripletLoss] partial class Encoder;", "[Encoder]\n[Features(4), Dense(2), L2Normalize]\n[TripletLoss] partial class Encoder;")]
    [InlineData("[Encoder]\n[Features(4), TripletLoss]\n[Dense(2)] partial class Encoder;", "[Encoder]\n[Features(4), TripletLoss]\n[Dense(2), L2Normalize] partial class Encoder;")]
    [InlineData("[Encoder, Features(4), Dense(2), TripletLoss]\n[System.Serializable] partial class Encoder;", "[Encoder, Features(4), Dense(2), TripletLoss]\n[System.Serializable, L2Normalize] partial class Encoder;")]
    [InlineData("[Encoder, Image(4, 16), MaxPool2D(2, 20), Flatten] partial class Encoder;", "[Encoder, Image(4, 16), MaxPool2D(2, 16), Flatten] partial class Encoder;")]
    [InlineData("[Encoder, Image(4, 4), MaxPool2D(5), Flatten] partial class Encoder;", "[Encoder, Image(4, 4), MaxPool2D(4), Flatten] partial class Encoder;")]
    [InlineData("[Encoder, Features(4)] partial class Encoder;\n[Dense(2)] partial class Encoder { }", "[Encoder, Features(4)]\n[Dense(2)] partial class Encoder;\npartial class Encoder { }")]
    public async Task A_remedy_mends_what_it_is_offered_for(string broken, string mended)
    {
        Diagnostic diagnostic = Assert.Single(await Project.AnalyzeAsync(Project.Of(broken)));
        string result = (await ApplyAsync(broken, diagnostic))[0];
        Assert.Equal(mended, result);
        Assert.Empty(await Project.AnalyzeAsync(Project.Of(result)));
        Assert.DoesNotContain(Project.ErrorsOfUser(Project.Of(result)), error => error.Severity is DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("[Encoder, Image(4, 4), Conv2D(8), Dense(2)] partial class Encoder;", "[Encoder, Image(4, 4), Conv2D(8), GlobalAvgPool, Dense(2)] partial class Encoder;")]
    [InlineData("[Encoder, Features(12), GroupNorm(5), Dense(2)] partial class Encoder;", "[Encoder, Features(12), GroupNorm(6), Dense(2)] partial class Encoder;")]
    public async Task Where_there_are_two_remedies_both_are_offered(string broken, string second) =>
        Assert.Equal(second, (await ApplyAsync(broken, Assert.Single(await Project.AnalyzeAsync(Project.Of(broken)))))[1]);

    [Theory]
    [InlineData("[Block, Conv2D(3, Kernel = 5)] class Stage; [Encoder, Image(4, 4), Use<Stage>, Flatten] partial class Encoder;")] // the padding is to be set in the block
    [InlineData("[Encoder, Features(4), Dense(0)] partial class Encoder;")]
    [InlineData("[Encoder, Features(4)] partial class Encoder;\n[Dense(2) /* logits */] partial class Encoder { }")] // where does the comment belong?
    public async Task Where_no_remedy_is_mechanical_none_is_offered(string broken) =>
        Assert.Empty(await ApplyAsync(broken, Assert.Single(await Project.AnalyzeAsync(Project.Of(broken)))));

    [Fact]
    public void Every_fix_can_be_applied_to_all_at_once_and_is_exported() => Assert.All(Fixes, fix =>
    {
        Assert.NotNull(fix.GetFixAllProvider());
        Assert.Single(fix.GetType().GetCustomAttributes(typeof(ExportCodeFixProviderAttribute), inherit: false));
        Assert.NotEmpty(fix.FixableDiagnosticIds);
    });

    private static async Task<List<string>> ApplyAsync(string file, Diagnostic diagnostic)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var workspace = new AdhocWorkspace();
        Document document = workspace.AddProject("Project", LanguageNames.CSharp).WithParseOptions(Project.Parsing).AddDocument("File0.cs", file);
        List<CodeAction> actions = [];
        foreach (CodeFixProvider fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), cancellation));
        List<string> results = [];
        foreach (CodeAction action in actions)
        {
            ApplyChangesOperation change = (await action.GetOperationsAsync(cancellation)).OfType<ApplyChangesOperation>().Single();
            results.Add((await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync(cancellation)).ToString());
        }

        return results;
    }
}
