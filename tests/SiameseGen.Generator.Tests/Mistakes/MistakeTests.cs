using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SiameseGen.Docs.Tests;
using SiameseGen.Generator.Tests.Roslyn;
using Xunit;
using Project = SiameseGen.Generator.Tests.Roslyn.Project;

namespace SiameseGen.Generator.Tests.Mistakes;

/// <summary>
/// The mistakes that people make most, a file each: its name begins with the diagnostic that is due, and marks stand around what it has to underline. Nothing else may be
/// said of the file, least of all within generated code, and another model beside it is generated as ever.
/// </summary>
public sealed class MistakeTests
{
    private const string Healthy = "[SiameseGen.Encoder, SiameseGen.Features(4), SiameseGen.Dense(2)] public partial class Healthy;";

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "SG*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Repository.Root, "tests", "SiameseGen.Generator.Tests", "Mistakes");

    [Fact]
    public void There_are_a_hundred_of_them() => Assert.True(Files.Count >= 100, $"There are {Files.Count}.");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_mistake_is_said_where_it_is_and_nothing_else_is(string name)
    {
        (string file, TextSpan place) = Project.Unmark(await File.ReadAllTextAsync(Path.Combine(Folder, name + ".cs"), TestContext.Current.CancellationToken));
        Compilation project = Project.Of(file, Healthy);
        Diagnostic diagnostic = Assert.Single(await Project.AnalyzeAsync(project));
        Assert.Equal((name.Split('.')[0], "File0.cs", place), (diagnostic.Id, diagnostic.Location.SourceTree?.FilePath, diagnostic.Location.SourceSpan));
        string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        Assert.True(message.Length > 40, message);

        Assert.DoesNotContain(Project.ErrorsOfUser(project), other => other.Severity is DiagnosticSeverity.Error);
        Assert.Contains(Project.Whole(Project.Generate(project)), source => source.HintName == "Healthy.g.cs");
    }
}
