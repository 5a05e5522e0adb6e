using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using SiameseGen.Generator.Tests.Roslyn;
using SiameseGen.Reference;
using SiameseGen.Sampling;
using SiameseGen.Tests.References;
using Xunit;
using Project = SiameseGen.Generator.Tests.Roslyn.Project;

namespace SiameseGen.Generator.Tests.Gradients;

/// <summary>
/// Random encoders through parser, compiler, the compiler of C# and the kernels, against the same declarations in double precision. <c>SIAMESEGEN_GRADIENT_SEED</c>
/// draws others.
/// </summary>
public class RandomGradientTests
{
    private const int Count = 64;

    private const string SeedVariable = "SIAMESEGEN_GRADIENT_SEED";

    // Deep models of random layers amplify rounding; an operand or offset that is wrong is wrong by far more.
    private const double Tolerance = 1e-4;

    private static readonly string[] Declarations =
        [.. RandomDeclarations.Make(Count, int.Parse(Environment.GetEnvironmentVariable(SeedVariable) ?? "14", CultureInfo.InvariantCulture))];

    private static int _still;

    private static readonly Lazy<Assembly> Compiled = new(Compile);

    public static TheoryData<int, string> Models => [.. Declarations.Select((declaration, number) => (number, declaration))];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_random_encoder_agrees_with_the_reference(int number, string declaration)
    {
        Assert.Equal(Declarations[number], declaration);
        TestContext.Current.TestOutputHelper?.WriteLine(declaration);
        Type encoder = Compiled.Value.GetType($"Encoder{number}", throwOnError: true)!;
        bool moves = (bool)typeof(RandomGradientTests).GetMethod(nameof(Agrees), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(encoder).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [(ulong)number], null)!;

        // A rectifier may be dead, or a loss satisfied, in some of them; in most they are not.
        if (!moves)
            Assert.InRange(Interlocked.Increment(ref _still), 1, Count / 10);
    }

    [Fact]
    public void Every_layer_and_every_loss_occurs()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(SeedVariable) is not null, "Holds for the seed of the suite.");
        string all = string.Concat(Declarations);
        Assert.All(
            ReferenceBuilder.Kinds.Concat(ReferenceCase.Losses),
            kind => Assert.Contains(kind.Name.Split('`')[0][..^nameof(Attribute).Length], all, StringComparison.Ordinal));
    }

    private static bool Agrees<TEncoder>(ulong seed)
        where TEncoder : class, IEncoder
    {
        bool moves = false;
        foreach (BatchStructure structure in Enum.GetValues<BatchStructure>().Where(TEncoder.Info.Loss!.Accepts))
        {
            Parameters parameters = ((TEncoder)Activator.CreateInstance(typeof(TEncoder), (int)seed)!).Parameters;
            ReferenceCase.Disturb(parameters, seed);
            var @case = new ReferenceCase(typeof(TEncoder), structure, seed);
            ReferenceNetwork network = ReferenceBuilder.Of(typeof(TEncoder));
            Assert.Equal(parameters.Values.Length, network.Values.Length);
            moves |= EncoderComparison.AssertAgrees<TEncoder>(
                network, @case.Loss, parameters, @case.Batch, @case.Inputs(TEncoder.Info.Input.Length, seed), Tolerance, @case.Weights);
        }

        return moves;
    }

    private static Assembly Compile()
    {
        string[] files = [.. Declarations.Select((declaration, number) => $"{declaration}\npublic partial class Encoder{number};")];
        Compilation project = Project.WithGenerated(Project.Of(files));
        using var stream = new MemoryStream();
        EmitResult result = project.Emit(stream);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        return Assembly.Load(stream.ToArray());
    }
}
