using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Export.Integers;

namespace SiameseGen.Export.Tests;

/// <summary>A model of the tests' own, exported with the weights of its seed.</summary>
/// <param name="Encoder">The encoder's class.</param>
/// <param name="Text">The artifact.</param>
/// <param name="Program">Its steps in integers.</param>
/// <param name="Values">Their numbers.</param>
internal sealed record ShippedModel(Type Encoder, string Text, IntegerProgram Program, IntegerValues Values)
{
    /// <summary>All encoders that have a form in integers.</summary>
    public static IReadOnlyList<Type> Encoders { get; } =
        [.. typeof(Models.SmallGlyphs).Assembly.GetExportedTypes().Where(type => InfoOf(type) is { } info && IntegerPlanner.Plan(IntegerExport.GraphOf(info), info.Distance.ToString(), out _) is not null).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>What an encoder says about itself; null for another type.</summary>
    /// <param name="type">The type.</param>
    public static EncoderInfo? InfoOf(Type type) => typeof(IEncoder).IsAssignableFrom(type) && type.IsClass ? (EncoderInfo)type.GetProperty("Info")!.GetValue(null)! : null;

    /// <summary>Exports an encoder.</summary>
    /// <param name="type">The encoder's class.</param>
    /// <param name="folder">Where to.</param>
    public static ShippedModel Of(Type type, string folder)
    {
        EncoderInfo info = InfoOf(type)!;
        string path = Path.Combine(folder, type.Name + ".siamese");
        object encoder = Activator.CreateInstance(type, 3)!;
        Perturb(((IEncoder)encoder).Parameters);
        typeof(EncoderExport).GetMethod(nameof(EncoderExport.Save))!.MakeGenericMethod(type).Invoke(null, [encoder, path, Options(info), CancellationToken.None]);
        return Read(type, folder);
    }

    /// <summary>Reads what <see cref="Of"/> exported.</summary>
    /// <param name="type">The encoder's class.</param>
    /// <param name="folder">Where from.</param>
    public static ShippedModel Read(Type type, string folder)
    {
        EncoderInfo info = InfoOf(type)!;
        string text = File.ReadAllText(Path.Combine(folder, type.Name + ".siamese"));
        IntegerProgram program = IntegerPlanner.Plan(IntegerExport.GraphOf(info), info.Distance.ToString(), out _)!;
        using var reader = new StringReader(text);
        return new ShippedModel(type, text, program, IntegerValues.Read(program, ArtifactReader.Read(reader).Payload));
    }

    /// <summary>Options that refuse nothing: these encoders are not trained.</summary>
    /// <param name="info">The encoder.</param>
    public static ExportOptions Options(EncoderInfo info) => new()
    {
        Calibration = new Drawings(6, 4, info.Input.Length, 5),
        AllowedFalseNonMatchIncrease = 1,
        AllowedAccuracyLoss = 1,
        Provenance = new Dictionary<string, string> { ["data"] = "drawings of the tests, seed 5" },
    };

    /// <summary>Moves all weights: fresh batch normalisations do nothing; those of trained encoders do.</summary>
    /// <param name="parameters">The weights.</param>
    public static void Perturb(Parameters parameters)
    {
        var random = new CounterRandom(9, CounterRandom.Purpose.Data, 0);
        foreach (ParameterTensor tensor in parameters.Info.Tensors)
        {
            foreach (ref float value in parameters.Values.Slice(tensor.Offset, tensor.Shape.Aggregate(1, (product, size) => product * size)))
                value = tensor.Role == ParameterRole.RunningVariance ? 0.5f + random.NextSingle() : value + (0.2f * (random.NextSingle() - 0.5f));
        }

        parameters.MarkChanged();
    }
}
