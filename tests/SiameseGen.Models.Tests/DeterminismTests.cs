using System.Runtime.InteropServices;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Models.Tests;

public class DeterminismTests
{
    private static readonly Lazy<string> Expected = new(() => TrainedBits.Hash(threads: 1));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Trained_weights_are_equal_byte_for_byte_for_any_number_of_threads(int threads) => Assert.Equal(Expected.Value, TrainedBits.Hash(threads));

    [Theory]
    [InlineData("DOTNET_EnableAVX512=0")]
    [InlineData("DOTNET_EnableAVX2=0")]
    [InlineData("DOTNET_EnableAVX2=0 DOTNET_EnableFMA=0")]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    [InlineData("DOTNET_TieredCompilation=0")]
    [InlineData("DOTNET_TieredPGO=0")]
    [InlineData("DOTNET_ReadyToRun=0 DOTNET_TC_QuickJitForLoops=0")]
    public async Task They_are_equal_on_any_processor_and_however_code_is_compiled(string settings) =>
        Assert.Equal(Expected.Value, await ChildProcess.RunAsync(settings, "hash", "2"));

    [Fact]
    public void Training_moves_weights_and_running_statistics_and_all_stay_finite()
    {
        var encoder = new SmallPatches(seed: 3);
        byte[] one = TrainedBits.Of(encoder, 2, BatchStructure.Pairs), other = TrainedBits.Of(new SmallPatches(seed: 4), 2, BatchStructure.Pairs);
        var fresh = new SmallPatches(seed: 3);
        foreach (ParameterTensor tensor in SmallPatches.Info.Tensors)
            Assert.False(encoder.Parameters[tensor].SequenceEqual(fresh.Parameters[tensor]), tensor.Name);
        Assert.All(MemoryMarshal.Cast<byte, float>(one).ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.NotEqual(one, other);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_seeds_give_equal_weights_and_other_seeds_others(string model)
    {
        Parameters one = Make(model, 7), same = Make(model, 7), other = Make(model, 8);
        Assert.Equal(one.Values, same.Values);
        Assert.Equal(one.Info.Tensors.Any(tensor => tensor.Role is ParameterRole.Weight), !one.Values.SequenceEqual(other.Values));
    }

    public static TheoryData<string> Names => Encoders.Names;

    private static Parameters Make(string model, int seed) => ((IEncoder)Activator.CreateInstance(Encoders.Named(model), seed)!).Parameters;
}
