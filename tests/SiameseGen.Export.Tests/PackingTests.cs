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
        (typeof(SmallGlyphs), "2c3bfceb2821cc00fb1df502dd66ac956aa9b55a18691e0d764c7c73f11bfd9a"),
        (typeof(ManyFilters), "d04151e979e86982cd1a6293db20777a9443d2d811ec6735ebf6b1905a2ca4f7"),
        (typeof(GroupedResidual), "54f57c94e7b9a6d4c8fc1ec1a08dec48107bfe3d3416360215acd624f282fff6"),
        (typeof(SeparableConvolutions), "7a96d2e4e1ebd8fb9eae8b50674921ffd31a64ad3a4af553c59eb41ae018c86a"),
        (typeof(LoneBatchNorm), "bd5e34e2bdd3f20ae5d84f0f74dbe6145d11fde923d1d2fcb4a241886d73ff57"),
        (typeof(PlainGroupNorm), "15585f5ca466389d0c48764e0469421669a9e69d14e2be2aa1aab06cb1615abc"),
        (typeof(PlainGeMPool), "288411f388dcf55f1b8b319732b277a48a13863e046e0f96c36013af0ea32baa"),
        (typeof(PlainPReLU), "89e1619934a8708afcf15d9751cfd8c4af01ba1f19fdbdada8eea8f8b9d1be99"),
        (LargeEncoder.Type, "559f9174795c2b46dd6127263fe2657363a1ffbec55ef868461c29bc6af81d61"),
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
