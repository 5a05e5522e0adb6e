using System.Reflection;
using Microsoft.CodeAnalysis;
using SiameseGen.Models;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>Training comes after the first build: until then a verifier is a complete class whose members say what to do.</summary>
public sealed class MissingArtifactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, DiagnosticSeverity.Warning)]
    [InlineData(true, DiagnosticSeverity.Error)]
    public async Task It_is_a_warning_and_an_error_when_the_project_is_published(bool publishing, DiagnosticSeverity severity)
    {
        Diagnostic diagnostic = Assert.Single(await Generated.AnalyzeAsync(Generated.Project(Declared(Precision.Int8)), publishing));
        Assert.Equal(("SG0603", severity), (diagnostic.Id, diagnostic.Severity));
    }

    [Theory]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Float16)]
    [InlineData(Precision.Float32)]
    public void The_class_has_all_members_that_it_will_have(Precision precision)
    {
        string path = _folder.File("glyphs.siamese");
        EncoderExport.Save(new SmallGlyphs(seed: 4), path, ShippedModel.Options(SmallGlyphs.Info) with { Precision = precision }, TestContext.Current.CancellationToken);
        Assert.Equal(Members(Verifier(precision, (path, File.ReadAllText(path)))), Members(Verifier(precision)));
    }

    [Theory]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Float16)]
    [InlineData(Precision.Float32)]
    public void Members_that_need_weights_say_to_train_first(Precision precision)
    {
        Type verifier = Verifier(precision);
        object template = Activator.CreateInstance(verifier.GetNestedType("Template")!)!;
        List<Action> uses =
        [
            () => verifier.GetProperty("Threshold")!.GetValue(null),
            () => verifier.GetProperty("UnsureUntil")!.GetValue(null),
            () => verifier.GetMethod("Distance")!.Invoke(null, [template, template]),
            () => verifier.GetMethod("Verify", [template.GetType().MakeByRefType(), template.GetType().MakeByRefType()])!.Invoke(null, [template, template]),
            () => verifier.GetMethod("Probability")!.Invoke(null, [new Distance(1f)]),
        ];
        if (precision == Precision.Int8)
            uses.Add(() => verifier.GetMethod("Score")!.Invoke(null, [template, template]));
        Assert.All(uses, use => Assert.Contains("train first", Assert.IsType<InvalidOperationException>(Assert.Throws<TargetInvocationException>(use).InnerException).Message, StringComparison.Ordinal));
        const string Enrol = "public static class Use { public static string Of() { try { return GlyphVerifier.Enrol(new byte[GlyphVerifier.InputLength]).ToString()!; } catch (System.InvalidOperationException e) { return e.Message; } } }";
        Type use = Generated.Load(Generated.WithGenerated(Generated.Project($"{Declared(precision)}\n{Enrol}"))).GetType("Use")!;
        Assert.Contains("train first", (string)use.GetMethod("Of")!.Invoke(null, [])!, StringComparison.Ordinal);
    }

    private static string Declared(Precision precision) => $"[Verifier<SiameseGen.Models.SmallGlyphs>(\"glyphs.siamese\", Precision = Precision.{precision})] public static partial class GlyphVerifier;";

    private static Type Verifier(Precision precision, params (string, string)[] artifacts) =>
        Generated.Load(Generated.WithGenerated(Generated.Project(Declared(precision)), artifacts)).GetType("GlyphVerifier")!;

    private static IEnumerable<string> Members(Type verifier) => verifier.GetMembers(BindingFlags.Public | BindingFlags.Static).Select(member => member.ToString()!).Order(StringComparer.Ordinal);
}
