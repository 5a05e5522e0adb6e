using System.Diagnostics;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>The instructions that NativeAOT compiles for: what the package's targets choose, and when they warn.</summary>
public class InstructionSetTests
{
    [Theory]
    [InlineData("linux-x64", "", "x86-64-v3", false)]
    [InlineData("win-x64", "", "x86-64-v3", false)]
    [InlineData("linux-arm64", "", "", false)] // always has fused multiply-add
    [InlineData("linux-x64", "avx", "avx", false)] // asks the processor at run time
    [InlineData("linux-x64", "native", "native", false)]
    [InlineData("linux-x64", "x86-64-v2", "x86-64-v2", true)]
    [InlineData("linux-arm64", "lse", "lse", false)]
    public async Task Fused_multiply_add_is_there_unless_the_project_says_so(string runtime, string chosen, string expected, bool warns)
    {
        string folder = Directory.CreateTempSubdirectory("siamesegen-aot").FullName;
        try
        {
            string project = Path.Combine(folder, "app.proj");
            File.WriteAllText(project, $"""
                <Project>
                  <PropertyGroup>
                    <PublishAot>true</PublishAot>
                    <RuntimeIdentifier>{runtime}</RuntimeIdentifier>
                    <IlcInstructionSet>{chosen}</IlcInstructionSet>
                  </PropertyGroup>
                  <Import Project="{Path.Combine(AppContext.BaseDirectory, "SiameseGen.targets")}" />
                  <Target Name="Show" DependsOnTargets="SiameseGenChooseInstructionSet">
                    <Message Importance="high" Text="set=[$(IlcInstructionSet)]" />
                  </Target>
                </Project>
                """);
            string output = await BuildAsync(project);
            Assert.Contains($"set=[{expected}]", output, StringComparison.Ordinal);
            Assert.Equal(warns, output.Contains("SGB001", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> BuildAsync(string project)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        using Process process = Process.Start(
            new ProcessStartInfo(host, ["msbuild", project, "-t:Show", "-nologo", "-nodeReuse:false"]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
