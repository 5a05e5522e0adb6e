using System.Diagnostics;
using System.Runtime.Intrinsics.Arm;
using SiameseGen.Export.Integers;
using SiameseGen.Shipping;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>
/// The kernels of verifiers in integers give the bits of the plain definition on machines that lack instructions, too. Which instructions there are is fixed when a process starts, so another process
/// of this test program makes the comparison without them.
/// </summary>
/// <param name="exported">The models.</param>
public sealed class IntegerKernelTests(IntegerKernelTests.Exported exported) : IClassFixture<IntegerKernelTests.Exported>
{
    private const string FolderVariable = "SIAMESEGEN_TEST_ARTIFACTS";

    public static bool IsArm => AdvSimd.IsSupported;

    /// <summary>Also what the other processes run.</summary>
    [Fact]
    public void Kernels_give_the_bits_of_the_definition()
    {
        foreach (Type type in ShippedModel.Encoders)
            Compare(ShippedModel.Read(type, exported.Folder));
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", Skip = "Arm has no AVX-512.", SkipWhen = nameof(IsArm))]
    [InlineData("DOTNET_EnableAVX2", Skip = "Arm has no AVX2.", SkipWhen = nameof(IsArm))]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Kernels_give_the_bits_of_the_definition_without(string instructions)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };

        // The test program may be run by its own executable or by the dotnet command.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(IntegerKernelTests).Assembly.Location);
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(IntegerKernelTests).FullName}.{nameof(Kernels_give_the_bits_of_the_definition)}");
        start.Environment[instructions] = "0";
        start.Environment[FolderVariable] = exported.Folder;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("Total: 1,", output, StringComparison.Ordinal);
    }

    private static void Compare(ShippedModel model)
    {
        int length = ShippedModel.InfoOf(model.Encoder)!.Input.Length;
        var inputs = new Drawings(2, 1, length, 12);
        var encoder = new IntegerEncoder(model.Program, model.Values);
        List<sbyte[]> embeddings = [];
        float[] input = new float[length];
        for (int i = 0; i < inputs.Count; i++)
        {
            var random = new CounterRandom(0, CounterRandom.Purpose.Data, 0);
            inputs.Read(i, input, ref random);
            sbyte[] codes = new sbyte[length];
            Int8Input.FromFloats(input, model.Values.InputScale, model.Values.InputZero, codes);
            sbyte[] expected = PlainIntegers.Embed(model.Program, model.Values, codes), actual = new sbyte[expected.Length];
            encoder.Embed(input, actual);
            Assert.Equal(expected, actual);
            embeddings.Add(actual);
        }

        Assert.Equal(PlainIntegers.Score(model.Program.Comparison, model.Values.EmbeddingZero, embeddings[0], embeddings[1]), encoder.Score(embeddings[0], embeddings[1]));
    }

    /// <summary>All models, exported once, by whichever process was first.</summary>
    public sealed class Exported : IDisposable
    {
        private readonly TemporaryFolder? _own;

        /// <summary>Exports them, unless another process has.</summary>
        public Exported()
        {
            if (Environment.GetEnvironmentVariable(FolderVariable) is { } folder)
            {
                Folder = folder;
                return;
            }

            _own = new TemporaryFolder();
            Folder = _own.FullName;
            foreach (Type type in ShippedModel.Encoders)
                ShippedModel.Of(type, Folder);
        }

        /// <summary>Where they are.</summary>
        public string Folder { get; }

        public void Dispose() => _own?.Dispose();
    }
}
