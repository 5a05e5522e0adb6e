using System.IO.Compression;
using System.Text.RegularExpressions;
using SiameseGen.Docs.Tests;
using Xunit;

namespace SiameseGen.Package.Tests;

/// <summary>The packages as a user gets them.</summary>
public sealed partial class PackageTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    [Fact]
    public void The_template_makes_a_program_that_builds_without_settings_or_warnings_and_trains_at_its_first_run()
    {
        string folder = sandbox.MakeOfTemplate("siamese", "First.Verifier");
        string output = sandbox.Dotnet(folder, "run -c Release -p:TreatWarningsAsErrors=true");

        double Share(Regex line) => double.Parse(line.Match(output).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(Share(OneShot()), 50, 100);
        Assert.InRange(Share(Verification()), 70, 100);
        Assert.Contains("a 7 and a 7: distance", output, StringComparison.Ordinal);
        Assert.True(new FileInfo(Path.Combine(folder, "glyphs.safetensors")).Length > 80_000);
        Assert.DoesNotContain("MyVerifier", File.ReadAllText(Path.Combine(folder, "Program.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_of_what_ships_trains_in_one_program_and_verifies_in_another()
    {
        string folder = sandbox.MakeOfTemplate("siamese-ship", "Shipped.Glyphs");
        string report = sandbox.Dotnet(folder, "run -c Release -p:TreatWarningsAsErrors=true --project Train");
        Assert.Contains("Int8", report, StringComparison.Ordinal);
        Assert.StartsWith("siamese 1", File.ReadAllText(Path.Combine(folder, "App", "glyphs.siamese")), StringComparison.Ordinal);
        string verdict = sandbox.Dotnet(folder, "run -c Release -p:TreatWarningsAsErrors=true --project App -- pictures/7-one.grey pictures/7-other.grey");
        Assert.Matches(@"Match: distance 0\.\d\d, threshold \d\.\d\d, \d+\.\d % likely the same", verdict);
        InvalidOperationException other = Assert.Throws<InvalidOperationException>(() => sandbox.Dotnet(folder, "run -c Release --no-build --project App -- pictures/7-one.grey pictures/1.grey"));
        Assert.Contains("ended with 1", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_of_the_users_own_gets_the_generator_the_analyzers_and_pictures()
    {
        string folder = Directory.CreateDirectory(Path.Combine(sandbox.Work, "Own")).FullName;
        string version = Path.GetFileNameWithoutExtension(sandbox.PackageFile("SiameseGen.Imaging"))["SiameseGen.Imaging.".Length..];
        File.WriteAllText(Path.Combine(folder, "Own.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="SiameseGen" Version="{version}" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using SiameseGen;
            System.Console.WriteLine(new Tiny(seed: 1).Embed(new float[4]).Values.Length);

            [Encoder, Features(4), Dense(3)]
            public partial class Tiny;
            """);
        Assert.Equal("3", sandbox.Dotnet(folder, "run -p:TreatWarningsAsErrors=true").Trim().Split('\n')[^1].Trim());

        File.WriteAllText(Path.Combine(folder, "Wrong.cs"), "[SiameseGen.Encoder, SiameseGen.Image(4, 4), SiameseGen.Dense(3)] public partial class Wrong;");
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => sandbox.Dotnet(folder, "build"));
        Assert.Contains("error SG0101", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_that_ships_a_verifier_needs_no_settings_and_cannot_be_published_without_weights()
    {
        string folder = Directory.CreateDirectory(Path.Combine(sandbox.Work, "Ship")).FullName, sample = Path.Combine(Repository.Root, "samples", "TinyVerifier");
        string version = Path.GetFileNameWithoutExtension(sandbox.PackageFile("SiameseGen.Imaging"))["SiameseGen.Imaging.".Length..];
        File.WriteAllText(Path.Combine(folder, "Ship.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><PackageReference Include="SiameseGen" Version="{version}" /></ItemGroup>
            </Project>
            """);
        File.Copy(Path.Combine(sample, "Model", "TinyGlyphEncoder.cs"), Path.Combine(folder, "TinyGlyphEncoder.cs"));
        File.Copy(Path.Combine(sample, "App", "GlyphVerifier.cs"), Path.Combine(folder, "GlyphVerifier.cs"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            var blank = new byte[TinyVerifier.GlyphVerifier.InputLength];
            System.Console.WriteLine(TinyVerifier.GlyphVerifier.Verify(TinyVerifier.GlyphVerifier.Enrol(blank), blank).Verdict);
            """);

        Assert.Contains("warning SG0603", sandbox.Dotnet(folder, "build"), StringComparison.Ordinal);
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => sandbox.Dotnet(folder, "publish"));
        Assert.Contains("error SG0603", failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<InvalidOperationException>(() => sandbox.Dotnet(folder, "build -t:Publish -p:RunAnalyzers=false"));
        Assert.Contains("error SGB002", failure.Message, StringComparison.Ordinal);

        File.Copy(Path.Combine(sample, "App", "glyphs.siamese"), Path.Combine(folder, "glyphs.siamese"));
        Assert.Equal("Match", sandbox.Dotnet(folder, "run -p:TreatWarningsAsErrors=true").Trim().Split('\n')[^1].Trim());
    }

    [Theory]
    [InlineData("SiameseGen", "lib/net10.0/SiameseGen.dll lib/net10.0/SiameseGen.xml analyzers/dotnet/cs/SiameseGen.Compiler.dll analyzers/dotnet/cs/SiameseGen.Generator.dll analyzers/dotnet/cs/SiameseGen.CodeFixes.dll buildTransitive/SiameseGen.targets PACKAGE.md")]
    [InlineData("SiameseGen.Imaging", "lib/net10.0/SiameseGen.Imaging.dll lib/net10.0/SiameseGen.Imaging.xml PACKAGE.md")]
    [InlineData("SiameseGen.Extensions.AI", "lib/net10.0/SiameseGen.Extensions.AI.dll lib/net10.0/SiameseGen.Extensions.AI.xml PACKAGE.md")]
    [InlineData("SiameseGen.Testing", "lib/net10.0/SiameseGen.Testing.dll lib/net10.0/SiameseGen.Generator.dll lib/net10.0/SiameseGen.Compiler.dll buildTransitive/SiameseGen.Testing.props PACKAGE.md")]
    [InlineData("SiameseGen.Onnx", "lib/net10.0/SiameseGen.Onnx.dll lib/net10.0/SiameseGen.Onnx.xml lib/net10.0/SiameseGen.Compiler.dll PACKAGE.md")]
    [InlineData("SiameseGen.Export", "lib/net10.0/SiameseGen.Export.dll lib/net10.0/SiameseGen.Export.xml lib/net10.0/SiameseGen.Compiler.dll PACKAGE.md")]
    [InlineData("SiameseGen.Tool", "tools/net10.0/any/siamese.dll tools/net10.0/any/SiameseGen.dll tools/net10.0/any/System.CommandLine.dll PACKAGE.md")]
    [InlineData("SiameseGen.Templates", "content/siamese/.template.config/template.json content/siamese/Program.cs content/siamese-ship/.template.config/template.json content/siamese-ship/App/GlyphVerifier.cs PACKAGE.md")]
    public void A_package_holds_what_belongs_to_it(string name, string files)
    {
        using ZipArchive package = ZipFile.OpenRead(sandbox.PackageFile(name));
        string[] entries = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.All(files.Split(' '), file => Assert.Contains(file, entries));
        Assert.Equal(name != "SiameseGen.Templates", File.Exists(Path.ChangeExtension(sandbox.PackageFile(name), ".snupkg")));
    }

    [Fact]
    public void The_tool_runs_when_it_is_installed()
    {
        string tools = Path.Combine(sandbox.Work, "tools");
        sandbox.Dotnet(sandbox.Work, $"tool install SiameseGen.Tool --tool-path \"{tools}\"");
        Assert.True(File.Exists(Path.Combine(tools, OperatingSystem.IsWindows() ? "siamese.exe" : "siamese")));
        string library = Directory.EnumerateFiles(tools, "siamese.dll", SearchOption.AllDirectories).Single();
        Assert.Contains("inspect", sandbox.Dotnet(sandbox.Work, $"\"{library}\" --help"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_core_package_depends_on_nothing()
    {
        using ZipArchive package = ZipFile.OpenRead(sandbox.PackageFile("SiameseGen"));
        using var reader = new StreamReader(package.GetEntry("SiameseGen.nuspec")!.Open());
        Assert.DoesNotContain("<dependency ", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"from one example each\? ([0-9.]+) % right")]
    private static partial Regex OneShot();

    [GeneratedRegex(@"the same digit\? ([0-9.]+) % right")]
    private static partial Regex Verification();
}
