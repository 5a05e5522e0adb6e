using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SiameseGen.Compiler.Model;
using Xunit;

namespace SiameseGen.Generator.Tests.Roslyn;

public sealed class ParsingTests
{
    [Fact]
    public void Attributes_keep_the_order_of_the_source_over_lists_and_lines()
    {
        Assert.Equal(
            "Image(height=28, width=28) Conv2D(filters=8) ReLU Conv2D(filters=16) ReLU MaxPool2D(size=2) Flatten Dense(units=4) TripletLoss",
            Text("""
                [Image(28, 28)]
                [Conv2D(8), ReLU, Conv2D(16)]
                [Encoder, ReLU]
                [MaxPool2D(2), Flatten]
                [Dense(4)] [TripletLoss]
                public partial class Encoder;
                """));
    }

    [Theory]
    [InlineData("Conv2D(8)", "Conv2D(filters=8)")]
    [InlineData("Conv2D(8, Kernel = 5, Padding = Padding.Same)", "Conv2D(filters=8, Kernel=5, Padding=1)")]
    [InlineData("Conv2D(8, Padding = (Padding)7)", "Conv2D(filters=8, Padding=7)")]
    [InlineData("Conv2D(8, Bias = !true)", "Conv2D(filters=8, Bias=False)")]
    [InlineData("MaxPool2D(size: 2)", "MaxPool2D(size=2)")]
    [InlineData("MaxPool2D(@size: 2, @Stride = 1)", "MaxPool2D(size=2, Stride=1)")]
    [InlineData("Image(width: 3, height: 2)", "Image(width=3, height=2)")]
    [InlineData("Image(2, width: 3)", "Image(height=2, width=3)")]
    [InlineData("Dense(Sizes.Small * 2)", "Dense(units=16)")]
    [InlineData("Dropout(1)", "Dropout(rate=1)")]
    [InlineData("LeakyReLU(Slope = 0.25f)", "LeakyReLU(Slope=0.25)")]
    [InlineData("TripletLoss(Distance = DistanceMetric.Cosine, Margin = 2)", "TripletLoss(Distance=2, Margin=2)")]
    [InlineData("ReLU()", "ReLU")]
    [InlineData("ReLUAttribute", "ReLU")]
    [InlineData("SiameseGen.ReLU", "ReLU")]
    [InlineData("global::SiameseGen.ReLUAttribute", "ReLU")]
    [InlineData("Rectifier", "ReLU")]
    [InlineData("Net::ReLU", "ReLU")]
    public void Arguments_are_read_whatever_way_they_are_written(string attribute, string expected) =>
        Assert.Equal(expected, Text($$"""
            using Rectifier = SiameseGen.ReLUAttribute;
            using Net = SiameseGen;
            [Encoder, {{attribute}}] public partial class Encoder;
            static class Sizes { public const int Small = 8; }
            """));

    [Fact]
    public void A_value_has_the_type_that_the_attribute_declares()
    {
        EncoderModel model = Project.Parse("[Encoder, Dropout(1), Conv2D(8, Padding = Padding.Same, Bias = false)] partial class Encoder;")!.Model;
        Assert.Equal(1f, model.Attributes[0].Get("rate", 0f));
        Assert.Equal(1, model.Attributes[1].Get("Padding", 0));
        Assert.False(model.Attributes[1].Get("Bias", true));
    }

    [Theory]
    [InlineData("Dense()")]
    [InlineData("Dense(\"8\")")]
    [InlineData("Dense(units)")]
    [InlineData("Dense(8, 9)")]
    [InlineData("Dense(8, Biass = true)")]
    [InlineData("Dense(8, Bias = 1)")]
    [InlineData("Dense(8, Bias = true, Bias = false)")]
    [InlineData("Dense(8, Units = 9)")]
    [InlineData("Dense(size: 8)")]
    [InlineData("Dense(int.MaxValue + 1)")]
    [InlineData("Dropout(0.5)")]
    [InlineData("Conv2D(8, Padding = Padding.Sam)")]
    [InlineData("MaxPool2D(default(int?))")]
    [InlineData("Own")]
    public void What_does_not_compile_is_left_to_the_compiler(string attribute)
    {
        string file = $"[Encoder, Features(4), {attribute}] partial class Encoder; class OwnAttribute : LayerAttribute;";
        Assert.Null(Project.Parse(file));
        Assert.NotEmpty(Project.ErrorsWithoutGenerator(Project.Of(file)));
    }

    [Fact]
    public void Other_attributes_do_not_matter() =>
        Assert.Equal("Features(count=4) Dense(units=2)", Text("[System.Obsolete, Encoder, Features(4), System.Serializable, Dense(2)] partial class Encoder;"));

    [Theory]
    [InlineData("Dense(2)", false)]
    [InlineData("Dens(2)", true)]
    [InlineData("Layer", true)]
    public void An_unknown_attribute_is_noted(string attribute, bool unknown) =>
        Assert.Equal(unknown, Project.Parse($"[Encoder, Features(4), {attribute}] partial class Encoder;")!.HasUnknownAttributes);

    [Theory]
    [InlineData("[Encoder] partial class @class;", "class", "", "class")]
    [InlineData("namespace A.@event { [Encoder] public partial class B; }", "A.event.B", "A.event", "B")]
    [InlineData("partial class A { [Encoder] partial class B; }", "A+B", "", "B")]
    public void A_class_is_named_as_metadata_has_it(string file, string metadataName, string space, string name)
    {
        EncoderModel model = Project.Parse(file, metadataName)!.Model;
        Assert.Equal((metadataName, space, name), (model.MetadataName, model.Namespace, model.Name));
    }

    [Fact]
    public void Types_around_a_class_are_listed_outermost_first()
    {
        EncoderModel model = Project.Parse(
            """
            namespace N;
            partial interface I<in T> { partial struct S { partial record struct R { partial record @out { [Encoder] partial class E; } } } }
            """,
            "N.I`1+S+R+out+E")!.Model;
        Assert.Equal(["interface I`1", "struct S", "record struct R", "record out"], model.ContainingTypes.Select(type => $"{type.Keyword} {type.MetadataName}"));
        Assert.Equal("N.I`1+S+R+out+E", model.MetadataName);
    }

    [Theory]
    [InlineData("/// <summary>Mine.</summary>\n[Encoder] partial class Encoder;", true)]
    [InlineData("/** <summary>Mine.</summary> */ [Encoder] partial class Encoder;", true)]
    [InlineData("[Encoder] partial class Encoder;\n/// <summary>Mine.</summary>\npartial class Encoder;", true)]
    [InlineData("// Mine.\n[Encoder] partial class Encoder;", false)]
    [InlineData("/// <summary>Another's.</summary>\nclass Other;\n[Encoder] partial class Encoder;", false)]
    public void Documentation_is_noticed_whether_or_not_the_compiler_reads_it(string file, bool documented)
    {
        Assert.Equal(documented, Project.Parse(file)!.Model.IsDocumented);

        CSharpParseOptions blind = Project.Parsing.WithDocumentationMode(DocumentationMode.None);
        Assert.Equal(documented, Project.Parse(Project.Of(blind, file))!.Model.IsDocumented);
    }

    [Theory]
    [InlineData("class Encoder;")]
    [InlineData("[Encoder] partial struct Encoder;")]
    [InlineData("[Encoder] interface Encoder;")]
    [InlineData("[Other.Encoder] partial class Encoder; namespace Other { class EncoderAttribute : System.Attribute; }")]
    public void What_is_no_encoder_is_no_model(string file) => Assert.Null(Project.Parse(file));

    private static string Text(string file) => Project.Text(Project.Parse(file)!.Model);
}
