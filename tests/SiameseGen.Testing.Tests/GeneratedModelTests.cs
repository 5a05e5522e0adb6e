using Xunit;

namespace SiameseGen.Testing.Tests;

/// <summary>Texts and diagnostics of models, and snapshots of them.</summary>
public sealed class GeneratedModelTests
{
    private const string Tiny = "[Encoder, Features(4), Dense(2), L2Normalize]\npublic partial class Tiny;";

    [Fact]
    public void A_model_has_files_a_plan_and_no_mistakes()
    {
        GeneratedModel model = GeneratedModel.From(Tiny);
        Assert.Equal(["Tiny.g.cs"], model.Files.Keys);
        Assert.Empty(model.Diagnostics);
        Assert.Empty(model.Errors);
        Snapshot.Verify(model.Plan);
    }

    [Fact]
    public void A_mistake_is_told_with_what_is_underlined()
    {
        GeneratedModel model = GeneratedModel.From("[Encoder]\n[Image(8, 8), Dense(3)]\npublic partial class Wrong;");
        ModelDiagnostic diagnostic = Assert.Single(model.Diagnostics);
        Assert.Equal(("SG0101", 2, "Dense(3)"), (diagnostic.Id, diagnostic.Line, diagnostic.Underlined));
        Assert.Empty(model.Errors);
        Assert.Equal("", model.Plan);
    }

    [Fact]
    public void An_error_of_the_compiler_is_told() => Assert.Contains("CS0246", Assert.Single(GeneratedModel.From("[Encodr] class Typo;").Errors.Take(1)), StringComparison.Ordinal);

    [Fact]
    public void A_snapshot_that_differs_is_kept_beside_the_verified_one()
    {
        string folder = Directory.CreateTempSubdirectory("SiameseGen.Testing.").FullName;
        try
        {
            string file = Path.Combine(folder, "Some.cs"), verified = Path.Combine(folder, "Some.Test_1.verified.txt"), received = Path.Combine(folder, "Some.Test_1.received.txt");
            Assert.Throws<CheckFailedException>(() => Snapshot.Verify("one\ntwo\n", "1", file: file, method: "Test"));
            File.Move(received, verified);
            Snapshot.Verify("one\r\ntwo\r\n", "1", file: file, method: "Test");
            string message = Assert.Throws<CheckFailedException>(() => Snapshot.Verify("one\nthree\n", "1", file: file, method: "Test")).Message;
            Assert.Contains("line 2 differs", message, StringComparison.Ordinal);
            Assert.Equal("one\nthree\n", File.ReadAllText(received));
            Snapshot.Verify("one\ntwo\n", "1", file: file, method: "Test");
            Assert.False(File.Exists(received));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
