using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SiameseGen.Compiler.Planning;
using SiameseGen.Export.Integers;
using SiameseGen.Kernels;
using SiameseGen.Models;
using SiameseGen.Shipping;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>Artifacts in floats of 32 bits are packed for kernels: who packs otherwise has to say so.</summary>
public sealed class PackingTests
{
    private static readonly IReadOnlyList<(Type Model, string Digest)> Pinned =
    [
        (typeof(SmallGlyphs), "fed8d30e703f83d917076dd6c9d48f5333240ea275024bd33b13832429d44922"),
        (typeof(ManyFilters), "f75af407ab94713e9c0fa1cb8b6d0b7934a7a73914e4a95040ca2955d8232e9d"),
        (typeof(GroupedResidual), "4d6a979ce1ce022125f6cb449103c9ebd796ab32c553684d84aa9d6cf58f8b60"),
        (typeof(SeparableConvolutions), "f945a65340327b60f16aaa9ede4ce69ff22ad90b981047d029e2771ef2cf2d81"),
        (typeof(LoneBatchNorm), "55f60384323a0127682e80a9cd8f554e39bf2de2ba7dcd0dfad74aa282e0738f"),
        (typeof(PlainGroupNorm), "3d2cd7d5427ea87fe4ae0b288af6ab54362d3cf22c3828e6d5352318e14d92be"),
        (typeof(PlainGeMPool), "0c50df147e0b2cf599f46341bf39328545566e898eb7a28572419f6d90687a26"),
        (typeof(PlainPReLU), "7cde00a78d10bc4be763b38228f5e225ed9b0c7ec7980750874366003dbe85dd"),
        (LargeEncoder.Type, "b31688a8be010a3aa764091bb2844520439c72e1745f0cd1f2b46fb58a4be236"),
    ];

    [Fact]
    public void Weights_are_packed_as_they_were()
    {
        MethodInfo digest = typeof(PackingTests).GetMethod(nameof(DigestOf), BindingFlags.NonPublic | BindingFlags.Static)!;
        string[] changed = [.. Pinned.Select(pin => (pin.Model, pin.Digest, Now: (string)digest.MakeGenericMethod(pin.Model).Invoke(null, [])!))
            .Where(pin => pin.Digest != pin.Now).Select(pin => $"{pin.Now} for {pin.Model.Name}")];
        Assert.True(
            changed.Length == 0,
            $"A kernel's Prepare gives other bits than before, so artifacts in Float32 that were exported before must not be read: raise PackingFingerprint.Version, then pin\n{string.Join('\n', changed)}");
    }

    [Fact]
    public void Every_kernel_that_packs_is_among_them()
    {
        IEnumerable<string> kernels = typeof(Conv2D).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(Conv2D).Namespace && type.GetMethod("Prepare") is not null).Select(type => type.Name);
        Assert.Equal(kernels.Order(StringComparer.Ordinal), Pinned.SelectMany(pin => Kernels(pin.Model)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_fingerprint_tells_kernels_and_places_apart() =>
        Assert.Equal(Pinned.Count, Pinned.Select(pin => PackingFingerprint.Of(ScheduleOf(pin.Model))).Distinct().Count());

    private static InferenceSchedule ScheduleOf(Type type) => InferencePlanner.Plan(IntegerExport.GraphOf(ShippedModel.InfoOf(type)!));

    private static IEnumerable<string> Kernels(Type type) => ScheduleOf(type).Steps.Where(step => step.Lowering.Prepared > 0).Select(step => step.Lowering.Kernel);

    // The version is in it: who raises it without need has to pin anew, too, and thinks twice.
    private static string DigestOf<TEncoder>()
        where TEncoder : class, IEncoder
    {
        var encoder = (TEncoder)Activator.CreateInstance(typeof(TEncoder), 3)!;
        ShippedModel.Perturb(encoder.Parameters);
        byte[] packed = [PackingFingerprint.Version, .. MemoryMarshal.AsBytes(FloatWeights.Prepare<TEncoder>(encoder.Parameters).Span)];
        return Convert.ToHexStringLower(SHA256.HashData(packed));
    }
}
