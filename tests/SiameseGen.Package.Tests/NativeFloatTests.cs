using System.Diagnostics;
using System.Runtime.InteropServices;
using SiameseGen.Docs.Tests;
using SiameseGen.Export;
using SiameseGen.Export.Tests;
using TinyVerifier;
using Xunit;

namespace SiameseGen.Package.Tests;

/// <summary>A verifier in floats, published with NativeAOT as a user's project.</summary>
public sealed class NativeFloatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("SiameseGen.Floats.").FullName;

    [Fact]
    public void A_published_verifier_embeds_as_its_encoder_and_has_nothing_of_training_in_it()
    {
        NativeSample.Need("gcc");
        var encoder = new TinyGlyphEncoder(1);
        EncoderExport.Save(
            encoder, Path.Combine(_folder, "floats.siamese"),
            new ExportOptions { Precision = Precision.Float32, Calibration = new Drawings(6, 4, TinyGlyphEncoder.Info.Input.Length, 5) }, TestContext.Current.CancellationToken);
        Write();
        string output = DotnetCommand.Run(
            _folder, $"publish -c Release -r {RuntimeInformation.RuntimeIdentifier} --artifacts-path \"{_folder}/artifacts\" -o \"{_folder}/app\" --nologo -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false",
            new Dictionary<string, string>());
        Assert.DoesNotContain("warning ", output, StringComparison.Ordinal);

        using Process process = Process.Start(new ProcessStartInfo(Path.Combine(_folder, "app", "floats")) { RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        byte[] pixels = [.. Enumerable.Range(0, TinyGlyphEncoder.Info.Input.Length).Select(i => (byte)(i * 7))];
        Assert.Equal(Convert.ToHexString(MemoryMarshal.AsBytes(encoder.Embed(pixels).Values)), said);

        // The linker's list of all that is in the program.
        string map = File.ReadAllText(Directory.EnumerateFiles(_folder, "floats.map.xml", SearchOption.AllDirectories).Single());
        Assert.Contains("FloatEmbedder", map, StringComparison.Ordinal);
        foreach (string ofTraining in (string[])["EncoderInfo", "ParameterTensor", "EncoderEngine", "TrainingPass", "TripletLoss"])
            Assert.DoesNotContain(ofTraining, map, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write()
    {
        File.WriteAllText(Path.Combine(_folder, "floats.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{Repository.Root}/generator/AsAnalyzer.props" />
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <PublishAot>true</PublishAot>
                <CppCompilerAndLinker>gcc</CppCompilerAndLinker>
                <IlcGenerateMapFile>true</IlcGenerateMapFile>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{Repository.Root}/samples/TinyVerifier/Model/TinyVerifier.Model.csproj" />
                <ProjectReference Include="{Repository.Root}/runtime/SiameseGen/SiameseGen.csproj" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), """
            using System;
            using SiameseGen;

            byte[] pixels = new byte[FloatVerifier.InputLength];
            for (int i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)(i * 7);
            Console.Write(Convert.ToHexString(FloatVerifier.Enrol(pixels, new byte[FloatVerifier.WorkspaceLength]).Bytes));

            [Verifier<TinyVerifier.TinyGlyphEncoder>("floats.siamese", Precision = Precision.Float32)]
            internal static partial class FloatVerifier;
            """);
    }
}
