using System.Globalization;
using System.Text;
using SiameseGen.Docs.Tests;
using SiameseGen.Generator.Tests.Gradients;
using Xunit;

namespace SiameseGen.Package.Tests;

/// <summary>
/// Random models in a library of the user's, built with every analyzer there is and each warning an error, then checked as users check theirs. The suite builds some;
/// where <c>SIAMESEGEN_FUZZ</c> is set, 200.
/// </summary>
public sealed class RandomModelTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private const int InSuite = 12, Whole = 200, Seed = 14;

    [Fact]
    public void Random_models_build_under_every_analyzer_and_pass_the_checks_of_gradients_and_allocations()
    {
        int count = Environment.GetEnvironmentVariable("SIAMESEGEN_FUZZ") is null ? InSuite : Whole;
        string version = Path.GetFileNameWithoutExtension(sandbox.PackageFile("SiameseGen.Imaging"))["SiameseGen.Imaging.".Length..];
        Write("Models", "Models.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable>
                <AnalysisMode>All</AnalysisMode><AnalysisLevel>latest-all</AnalysisLevel><EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
                <GenerateDocumentationFile>true</GenerateDocumentationFile><TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="SiameseGen" Version="{version}" /></ItemGroup>
            </Project>
            """);
        int number = 0;
        var checks = new StringBuilder();
        foreach (string declaration in RandomDeclarations.Make(count, Seed))
        {
            Write("Models", $"Encoder{number}.cs", $"""
                #pragma warning disable CS1591 // Random models have nothing to be said of.
                using SiameseGen;
                namespace Models;
                {declaration}
                public partial class Encoder{number};
                """);
            checks.AppendLine(CultureInfo.InvariantCulture, $"Check(new Encoder{number}(seed: 1));");
            number++;
        }

        // As a file: its package depends on the compiler's, which the sandbox does not have, and the checks do not need.
        string library = Path.Combine(Repository.Root, "runtime", "SiameseGen.Testing", "bin", "Release", "net10.0", "SiameseGen.Testing.dll");
        Write("Checks", "Checks.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><TieredPGO>false</TieredPGO></PropertyGroup>
              <ItemGroup><Reference Include="{library}" /><ProjectReference Include="../Models/Models.csproj" /></ItemGroup>
            </Project>
            """);
        Write("Checks", "Program.cs", $$"""
            using System;
            using Models;
            using SiameseGen;
            using SiameseGen.Testing;
            int passed = 0;
            {{checks}}
            Console.WriteLine($"{passed} passed");

            void Check<TEncoder>(TEncoder encoder)
                where TEncoder : class, IEncoder
            {
                try
                {
                    if (TEncoder.Info.Loss!.HasExactGradient)
                        EncoderChecks.Gradients(encoder);
                    EncoderChecks.Allocations(encoder);
                    passed++;
                }
                catch (CheckFailedException failure)
                {
                    Console.WriteLine(failure.Message + Environment.NewLine + TEncoder.Info.Architecture);
                }
            }
            """);
        string output = sandbox.Dotnet(Path.Combine(sandbox.Work, "Checks"), "run -c Release");
        Assert.True(output.TrimEnd().EndsWith($"{count} passed", StringComparison.Ordinal), output);
    }

    private void Write(string project, string file, string text) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(sandbox.Work, project)).FullName, file), text);
}
