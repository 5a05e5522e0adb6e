using SiameseGen.Compiler.Emission.C;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Shipping;
using SiameseGen.Tests.Persistence;

namespace SiameseGen.Export.Tests;

/// <summary>
/// A folder with all models as C, a program that runs all of them, their inputs as <c>input.bin</c>, and in memory what the program must write to <c>output.bin</c>: for each model
/// its templates, and the score and the verdict of each two.
/// </summary>
public sealed class CProgramFolder : IDisposable
{
    /// <summary>Models of the size that microcontrollers run.</summary>
    private const string Pockets = """
        [Encoder, Image(28, 28), Conv2D(16, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2), Conv2D(32, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
        [Conv2D(32, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2), Flatten, Dense(32), L2Normalize]
        [TripletLoss(Margin = 0.5f)]
        public sealed partial class PocketGlyphs;

        [Encoder, Image(28, 28), Conv2D(16, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU, DepthwiseConv2D, BatchNorm, ReLU, Conv2D(24, Kernel = 1), BatchNorm, ReLU]
        [DepthwiseConv2D(Stride = 2), BatchNorm, ReLU, Conv2D(48, Kernel = 1), BatchNorm, HardSwish, SqueezeExcite(4), GlobalAvgPool, Dense(32), L2Normalize]
        [TripletLoss(Margin = 0.5f)]
        public sealed partial class PocketFaces;
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<byte[]> _expected;
    private readonly List<(string Prefix, bool IsImage)> _models = [];
    private readonly MemoryStream _input = new(), _output = new();

    /// <summary>Prepares the folder; nothing is written until it is asked for.</summary>
    public CProgramFolder() => _expected = new Lazy<byte[]>(Write);

    /// <summary>Pairs of templates of each of the larger models.</summary>
    public static int PocketPairs => PocketInputs * (PocketInputs - 1) / 2;

    private static int PocketInputs => 142;

    /// <summary>What the program must write.</summary>
    public byte[] Expected => _expected.Value;

    /// <summary>The folder.</summary>
    public string Path => Expected.Length > 0 ? _folder.FullName : throw new InvalidOperationException("There are no models.");

    /// <summary>All prefixes.</summary>
    public IEnumerable<string> Prefixes => Expected.Length > 0 ? _models.Select(model => model.Prefix) : [];

    /// <summary>Prefixes of the larger models.</summary>
    public static IReadOnlyList<string> PocketPrefixes { get; } = ["pocket_glyphs", "pocket_faces"];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private byte[] Write()
    {
        foreach (Type encoder in ShippedModel.Encoders)
            Write(ShippedModel.Of(encoder, _folder.FullName), inputs: 4);
        System.Reflection.Assembly pockets = Generated.Load(Generated.WithGenerated(Generated.Project(Pockets)));
        foreach (Type encoder in pockets.GetExportedTypes().Where(type => ShippedModel.InfoOf(type) is not null))
            Write(ShippedModel.Of(encoder, _folder.FullName), PocketInputs);
        File.WriteAllBytes(_folder.File("input.bin"), _input.ToArray());
        File.WriteAllText(_folder.File("main.c"), Program());

        // All of it at once, where names of one model could meet those of another even more.
        File.WriteAllText(_folder.File("all.c"), string.Concat(_models.Select(model => $"#include \"{model.Prefix}.c\"\n")) + "#include \"main.c\"\n");
        return _output.ToArray();
    }

    private void Write(ShippedModel model, int inputs)
    {
        using var reader = new StringReader(model.Text);
        Artifact artifact = ArtifactReader.Read(reader);
        string prefix = CVerifier.PrefixOf(model.Encoder.Name);
        var verifier = CVerifier.Write(artifact, prefix);
        File.WriteAllText(_folder.File(prefix + ".h"), verifier.Header);
        File.WriteAllText(_folder.File(prefix + ".c"), verifier.Source);
        EncoderInfo info = ShippedModel.InfoOf(model.Encoder)!;
        _models.Add((prefix, info.Input.IsImage));

        List<sbyte[]> templates = [];
        if (info.Input.IsImage)
            templates.AddRange(Inputs(inputs / 2, info.Input.Length).Select(values => OfBytes(model, values)));
        templates.AddRange(Inputs(inputs - templates.Count, info.Input.Length).Select(values => OfFloats(model, values)));
        foreach (sbyte[] template in templates)
            _output.Write([.. template.Select(code => (byte)code)]);
        for (int left = 0; left < templates.Count; left++)
        {
            for (int right = 0; right < left; right++)
            {
                int score = PlainIntegers.Score(model.Program.Comparison, model.Values.EmbeddingZero, templates[left], templates[right]);
                _output.Write(BitConverter.GetBytes(score));
                _output.WriteByte((byte)(score <= artifact.Calibration.ThresholdScore ? 1 : score <= artifact.Calibration.UnsureUntilScore ? 2 : 0));
            }
        }
    }

    private IEnumerable<float[]> Inputs(int count, int length)
    {
        _input.Write(BitConverter.GetBytes(count));
        var drawings = new Drawings((count + 1) / 2, 2, length, 8);
        for (int i = 0; i < count; i++)
        {
            float[] values = new float[length];
            var random = new CounterRandom(0, CounterRandom.Purpose.Data, 0);
            drawings.Read(i, values, ref random);
            yield return values;
        }
    }

    private sbyte[] OfBytes(ShippedModel model, float[] values)
    {
        byte[] pixels = [.. values.Select(value => (byte)(255f * value))];
        _input.Write(pixels);
        return PlainIntegers.Embed(model.Program, model.Values, [.. pixels.Select(pixel => (sbyte)(pixel - 128))]);
    }

    private sbyte[] OfFloats(ShippedModel model, float[] values)
    {
        // Values that no sensor should give, but some do.
        (values[0], values[^1]) = (float.NaN, float.NegativeInfinity);
        foreach (float value in values)
            _input.Write(BitConverter.GetBytes(value));
        sbyte[] codes = new sbyte[values.Length];
        Int8Input.FromFloats(values, model.Values.InputScale, model.Values.InputZero, codes);
        return PlainIntegers.Embed(model.Program, model.Values, codes);
    }

    private string Program() => $$"""
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        {{string.Join("\n", _models.Select(model => $"#include \"{model.Prefix}.h\""))}}

        static FILE *in, *out;

        static void need(int ok)
        {
            if (!ok)
                exit(1);
        }

        /* Scratch and templates of exactly the length, so that a sanitizer sees what goes beyond. */
        #define EMBED(name, type, length, template_length, scratch_length) \
            { \
                static type input[length]; \
                int32_t number = 0; \
                need(fread(&number, 4, 1, in) == 1 && count + number <= {{PocketInputs}}); \
                for (; number > 0; number--, count++) { \
                    int8_t *scratch = (int8_t *)malloc(scratch_length); \
                    templates[count] = (int8_t *)malloc(template_length); \
                    need(scratch && templates[count] && fread(input, sizeof(type), length, in) == length); \
                    memset(scratch, 0xA5, scratch_length); \
                    name(input, templates[count], scratch); \
                    need(fwrite(templates[count], template_length, 1, out) == 1); \
                    free(scratch); \
                } \
            }

        #define COMPARE(score_of, verify) \
            { \
                int32_t left, right; \
                for (left = 0; left < count; left++) { \
                    for (right = 0; right < left; right++) { \
                        int32_t score = score_of(templates[left], templates[right]); \
                        need(fwrite(&score, 4, 1, out) == 1 && fputc((int)verify(templates[left], templates[right]), out) != EOF); \
                    } \
                } \
                for (left = 0; left < count; left++) \
                    free(templates[left]); \
                count = 0; \
            }

        int main(void)
        {
            static int8_t *templates[{{PocketInputs}}];
            int32_t count = 0;
            in = fopen("input.bin", "rb");
            out = fopen("output.bin", "wb");
            need(in && out);
        {{string.Join("\n", _models.Select(Runs))}}
            return fclose(out) == 0 ? 0 : 1;
        }

        """.ReplaceLineEndings("\n");

    private static string Runs((string Prefix, bool IsImage) model)
    {
        string upper = model.Prefix.ToUpperInvariant(), lengths = $"{upper}_INPUT_LENGTH, {upper}_TEMPLATE_LENGTH, {upper}_SCRATCH_LENGTH";
        string floats = $"    EMBED({model.Prefix}_embed{(model.IsImage ? "_floats" : "")}, float, {lengths})\n";
        return $"{(model.IsImage ? $"    EMBED({model.Prefix}_embed, uint8_t, {lengths})\n" : "")}{floats}    COMPARE({model.Prefix}_score, {model.Prefix}_verify)";
    }
}
