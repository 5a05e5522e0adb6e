using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>
/// The kernels of every layer and searches of galleries give the same bits on machines that lack instructions. Which instructions there are is fixed when a process
/// starts, so another process of this test program, told to do without them, writes its results' digests into a file.
/// </summary>
public class BitsWithoutInstructionsTests
{
    private const string FileVariable = "SIAMESEGEN_TEST_DIGESTS";
    private const int Items = 11;

    public static bool IsArm => AdvSimd.IsSupported;

    [Theory]
    [InlineData("DOTNET_EnableAVX512", false, Skip = "Arm has no AVX-512.", SkipWhen = nameof(IsArm))]
    [InlineData("DOTNET_EnableAVX2", true, Skip = "Arm has no AVX2.", SkipWhen = nameof(IsArm))]
    [InlineData("DOTNET_EnableHWIntrinsic", true)]
    public void Bits_are_the_same_without(string instructions, bool isEmulated)
    {
        string file = Path.GetTempFileName();
        try
        {
            RunWriter(instructions, file);
            string[] lines = File.ReadAllLines(file);
            Assert.Equal(Instructions(isEmulated, isWide: false), lines[0]);
            Assert.Equal(Digests(), lines[1..]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Also what the other process runs, for the file.</summary>
    [Fact]
    public void Bits_are_the_same_every_time()
    {
        string[] digests = Digests();
        Assert.Equal(digests, Digests());
        if (Environment.GetEnvironmentVariable(FileVariable) is { } file)
            File.WriteAllLines(file, [Instructions(!Fma.IsSupported && !AdvSimd.IsSupported, Vector512.IsHardwareAccelerated), .. digests]);
    }

    private static string Instructions(bool isEmulated, bool isWide) => $"multiply-add is emulated: {isEmulated}; vectors of 512 bits: {isWide}";

    private static void RunWriter(string without, string file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };

        // The test program may be run by its own executable or by the dotnet command.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(BitsWithoutInstructionsTests).Assembly.Location);
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(BitsWithoutInstructionsTests).FullName}.{nameof(Bits_are_the_same_every_time)}");
        start.Environment[without] = "0";
        start.Environment[FileVariable] = file;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + errors.Result);
    }

    private static string[] Digests() =>
    [
        .. LayerKernelTests.Layers.Select(pair => $"{pair.Key}: {Digest(pair.Value)}"),
        .. Search.GalleryTests.Kinds().Select(kind => $"{kind.Data.Item1} {kind.Data.Item2}: {Search.GalleryTests.Digest(kind.Data.Item1, kind.Data.Item2)}"),
    ];

    // Everything that one layer's kernels compute.
    private static string Digest(LayerCase layer)
    {
        using var harness = new LayerHarness(layer, Items);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(ReadOnlySpan<float> values) => hash.AppendData(MemoryMarshal.AsBytes(values));
        float[] input = LayerHarness.Random(2, Items * layer.InputLength);
        Add(harness.Forward(input));
        Add(harness.Backward(LayerHarness.Random(3, Items * layer.OutputLength)));
        Add(harness.Parameters.Values);
        for (int shard = 0; shard < Shard.Count; shard++)
            Add(harness.Gradients(shard));
        if (layer.Infer is not null)
            Add(harness.Infer(input));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
