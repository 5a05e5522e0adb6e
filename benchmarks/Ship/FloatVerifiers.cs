using System.Runtime.InteropServices;
using SiameseGen.Benchmarks.Training;
using SiameseGen.Export;
using TinyVerifier;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>A verifier in 32-bit floats, published with the instructions that the package chooses and without them.</summary>
/// <param name="builds">Where to publish to.</param>
internal sealed class FloatVerifiers(ShippedBuilds builds)
{
    private const string Warning = "SGB001";

    /// <summary>Publishes and compares.</summary>
    public IEnumerable<ShipRow> Compare()
    {
        string project = Write();
        (string[] warnings, string[] output) = Publish(project, "float");
        (string[] warningsWithout, string[] outputWithout) = Publish(project, "float-without", "-p:IlcInstructionSet=x86-64-v2");
        yield return ShipRow.Equal("verifier in floats, NativeAOT, with the instructions that the package chooses: no warning", warnings.Length == 0);
        yield return ShipRow.Equal($"the same without them: warning {Warning}", Array.Exists(warningsWithout, line => line.Contains(Warning, StringComparison.Ordinal)));
        yield return ShipRow.Equal("embeddings of 100 drawings, with and without", output[0] == outputWithout[0]);
        yield return ShipRow.Only("one embedding in floats, NativeAOT, with and without, µs", $"{output[1]}, {outputWithout[1]}");
    }

    private (string[] Warnings, string[] Output) Publish(string project, string name, params string[] arguments)
    {
        string folder = Path.Combine(builds.Folder, name);
        string[] warnings = builds.Build("publish", project, ["-r", RuntimeInformation.RuntimeIdentifier, "-o", folder, ShippedBuilds.WithoutAnalyzers, .. arguments]);
        return (warnings, Tools.Run(folder, Path.Combine(folder, "floats")).Split('\n'));
    }

    // A project as a user has it, outside of the repository.
    private string Write()
    {
        string folder = Directory.CreateDirectory(Path.Combine(builds.Folder, "floats")).FullName;
        var encoder = new TinyGlyphEncoder(1);
        EncoderExport.Save(encoder, Path.Combine(folder, "floats.siamese"), new ExportOptions { Precision = Precision.Float32, Calibration = new Glyphs(TinyGlyphEncoder.Info.Input.Length) });
        File.WriteAllText(Path.Combine(folder, "floats.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{ShippedBuilds.Root}/generator/AsAnalyzer.props" />
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <PublishAot>true</PublishAot>
                <CppCompilerAndLinker>gcc</CppCompilerAndLinker>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{ShippedBuilds.Root}/samples/TinyVerifier/Model/TinyVerifier.Model.csproj" />
                <ProjectReference Include="{ShippedBuilds.Root}/runtime/SiameseGen/SiameseGen.csproj" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using System.Diagnostics;
            using System.Runtime.InteropServices;
            using System.Security.Cryptography;
            using SiameseGen;

            const int drawings = 100;
            var random = new Random(1);
            byte[] pixels = new byte[FloatVerifier.InputLength], workspace = new byte[FloatVerifier.WorkspaceLength];
            var all = new List<byte>();
            double[] times = new double[drawings];
            for (int i = 0; i < drawings; i++)
            {
                random.NextBytes(pixels);
                long start = Stopwatch.GetTimestamp();
                FloatVerifier.Template template = FloatVerifier.Enrol(pixels, workspace);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                all.AddRange(template.Bytes);
            }

            Console.WriteLine(Convert.ToHexStringLower(SHA256.HashData(CollectionsMarshal.AsSpan(all))));
            Console.WriteLine(times.Order().ElementAt(drawings / 2).ToString("0"));

            [Verifier<TinyVerifier.TinyGlyphEncoder>("floats.siamese", Precision = Precision.Float32)]
            internal static partial class FloatVerifier;
            """);
        return folder;
    }
}
