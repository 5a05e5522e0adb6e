using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SiameseGen.Compiler;
using SiameseGen.Compiler.Emission;
using SiameseGen.Compiler.Model;
using Xunit;

namespace SiameseGen.Generator.Tests.Emission;

public class SourceTests
{
    [Fact]
    public void Equal_models_give_equal_files()
    {
        foreach (string attributes in SampleModels.All.Values)
            Assert.Equal(EncoderCompiler.Compile(Declared.Model(attributes)), EncoderCompiler.Compile(Declared.Model(attributes)));
    }

    [Fact]
    public void The_culture_of_the_machine_does_not_matter()
    {
        // As in sv-SE, where −1 has a true minus, which is no C#.
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NegativeSign = "\u2212";
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        foreign.NumberFormat.NumberGroupSeparator = ".";
        string[] models =
        [
            .. SampleModels.All.Values, "[Features(-1), Dense(2)]", "[Features(5), LeakyReLU(Slope = -0.5f)]", "[Features(5), Dense(1), TripletLoss(Margin = -0.5f)]",
            "[Image(4, 5), Dense(4), Conv2D(-4), MaxPool2D(-9)]",
        ];
        foreach (string attributes in models)
            Assert.Equal(EncoderCompiler.Compile(Declared.Model(attributes)), CompileIn(foreign, attributes));
    }

    [Fact]
    public void Lines_end_in_line_feeds_and_carry_no_trailing_blanks()
    {
        foreach (string attributes in SampleModels.All.Values)
        {
            string source = EncoderCompiler.Compile(Declared.Model(attributes)).Source!;
            Assert.DoesNotContain('\r', source);
            Assert.EndsWith("}\n", source, StringComparison.Ordinal);
            Assert.All(source.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        }
    }

    [Fact]
    public void Documentation_that_the_user_wrote_is_not_repeated()
    {
        EncoderModel model = Declared.Model("[Features(4), Dense(4)]");
        Assert.Contains("/// <summary>An encoder that", EncoderCompiler.Compile(model).Source, StringComparison.Ordinal);
        Assert.DoesNotContain("/// <summary>An encoder that", EncoderCompiler.Compile(model with { IsDocumented = true }).Source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fingerprint_is_the_hash_of_the_architecture()
    {
        string expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("features 4; dense bias 1 -> 4")));
        Assert.Contains($"Fingerprint = \"{expected}\"", EncoderCompiler.Compile(Declared.Model("[Features(4), Dense(4)]")).Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Keywords_are_escaped()
    {
        EncoderModel model = Declared.Model("[Features(4), Dense(4)]", "class") with { Namespace = "my.namespace" };
        string source = EncoderCompiler.Compile(model).Source!;
        Assert.Contains("namespace @my.@namespace;", source, StringComparison.Ordinal);
        Assert.Contains("partial class @class : global::SiameseGen.IEncoder<global::@my.@namespace.@class.Embedding>", source, StringComparison.Ordinal);
        Assert.Contains("Name = \"class\"", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_generated_members_are_known()
    {
        Assert.Contains("Loss", GeneratedNames.Of(Declared.Model("[Features(4), Dense(4), TripletLoss]")));
        Assert.DoesNotContain("Loss", GeneratedNames.Of(Declared.Model("[Features(4), Dense(4)]")));
    }

    private static CompilationResult CompileIn(CultureInfo culture, string attributes)
    {
        EncoderModel model = Declared.Model(attributes);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            return EncoderCompiler.Compile(model);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
