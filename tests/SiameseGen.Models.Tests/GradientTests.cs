using System.Reflection;
using SiameseGen.Reference;
using SiameseGen.Sampling;
using SiameseGen.Tests.References;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>Every generated encoder, forward, backward and at inference, against the same layers, distance and loss in double precision.</summary>
public class GradientTests
{
    public static TheoryData<string> Names => Encoders.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_generated_encoder_agrees_with_the_reference(string model)
    {
        Type encoder = Encoders.Named(model);
        Invoke(nameof(AgreesInAllStructures), encoder);
    }

    [Fact]
    public void Another_seed_of_dropout_does_not_agree() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Agrees<PlainDropout>(BatchStructure.Pairs, dropoutSeed: 1));

    [Fact]
    public void Another_model_does_not_agree()
    {
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Agrees<PlainSigmoid>(typeof(PlainTanh), BatchStructure.Classes, 0));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Agrees<ContrastiveCosine>(typeof(ContrastiveEuclidean), BatchStructure.Classes, 0));
    }

    private static void AgreesInAllStructures<TEncoder>()
        where TEncoder : class, IEncoder
    {
        BatchStructure[] accepted = [.. Enum.GetValues<BatchStructure>().Where(TEncoder.Info.Loss!.Accepts)];
        Assert.NotEmpty(accepted);
        foreach (BatchStructure structure in accepted)
        {
            Agrees<TEncoder>(structure, 0);
            Agrees<TEncoder>(typeof(TEncoder), structure, 0, withTwins: true);
        }
    }

    private static void Agrees<TEncoder>(BatchStructure structure, ulong dropoutSeed)
        where TEncoder : class, IEncoder => Agrees<TEncoder>(typeof(TEncoder), structure, dropoutSeed);

    private static void Agrees<TEncoder>(Type reference, BatchStructure structure, ulong dropoutSeed, bool withTwins = false)
        where TEncoder : class, IEncoder
    {
        Parameters parameters = ((TEncoder)Activator.CreateInstance(typeof(TEncoder), 1)!).Parameters;
        ReferenceCase.Disturb(parameters);
        var @case = new ReferenceCase(reference, structure);
        ReferenceNetwork network = ReferenceBuilder.Of(reference, dropoutSeed);
        Assert.Equal(parameters.Values.Length, network.Values.Length);
        float[] inputs = @case.Inputs(TEncoder.Info.Input.Length);
        if (withTwins)
            inputs = @case.WithTwins(inputs, TEncoder.Info.Input.Length);
        Assert.True(EncoderComparison.AssertAgrees<TEncoder>(network, @case.Loss, parameters, @case.Batch, inputs, weights: @case.Weights), "All gradients would be 0.");
    }

    private static void Invoke(string test, Type encoder) => typeof(GradientTests)
        .GetMethod(test, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(encoder).Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
}
