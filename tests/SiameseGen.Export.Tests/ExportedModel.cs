using System.Reflection;

namespace SiameseGen.Export.Tests;

/// <summary>An encoder that is exported, with the weights of its seed.</summary>
/// <param name="Encoder">The encoder.</param>
/// <param name="Text">The artifact.</param>
internal sealed record ExportedModel(IEncoder Encoder, string Text)
{
    /// <summary>All encoders of the tests' own: each has a form in floats.</summary>
    public static IReadOnlyList<Type> Encoders { get; } =
        [.. typeof(Models.SmallGlyphs).Assembly.GetExportedTypes().Where(type => ShippedModel.InfoOf(type) is not null).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>What the encoder says about itself.</summary>
    public EncoderInfo Info => ShippedModel.InfoOf(Encoder.GetType())!;

    /// <summary>Exports an encoder.</summary>
    /// <param name="type">The encoder's class.</param>
    /// <param name="precision">How weights are kept.</param>
    /// <param name="folder">Where to.</param>
    public static ExportedModel Of(Type type, Precision precision, string folder)
    {
        var encoder = (IEncoder)Activator.CreateInstance(type, 3)!;
        ShippedModel.Perturb(encoder.Parameters);
        string path = Path.Combine(folder, type.Name + ".siamese");
        ExportOptions options = ShippedModel.Options(encoder.Parameters.Info) with { Precision = precision };
        typeof(EncoderExport).GetMethod(nameof(EncoderExport.Save))!.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [encoder, path, options, CancellationToken.None], null);
        return new ExportedModel(encoder, File.ReadAllText(path));
    }

    /// <summary>The encoder's own embedding.</summary>
    /// <param name="input">The input.</param>
    public float[] Embed(float[] input)
    {
        float[] embedding = new float[Info.EmbeddingLength];
        Encoder.Embed(input, embedding);
        return embedding;
    }

    /// <summary>A few inputs.</summary>
    public IEnumerable<float[]> Inputs()
    {
        var drawings = new Drawings(3, 2, Info.Input.Length, 8);
        for (int i = 0; i < drawings.Count; i++)
        {
            float[] input = new float[Info.Input.Length];
            var random = new CounterRandom(0, CounterRandom.Purpose.Data, 0);
            drawings.Read(i, input, ref random);
            yield return input;
        }
    }
}
