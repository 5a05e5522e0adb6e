using SiameseGen.Compiler;
using SiameseGen.Compiler.Model;
using Xunit;

namespace SiameseGen.Generator.Tests.Emission;

public class HintNameTests
{
    private static readonly EncoderModel Valid = Declared.Model("[Features(4), Dense(4)]");

    [Fact]
    public void A_file_is_named_like_its_class()
    {
        Assert.Equal("Demo.Encoder.g.cs", HintName(Valid));
        Assert.Equal("Encoder.g.cs", HintName(Valid with { Namespace = "" }));
        Assert.Equal("Demo.Outer.Encoder.g.cs", HintName(Nested("Outer", "Encoder")));
        Assert.Matches(@"^Demo\.GlyphEncoder-[0-9a-f]{8}\.g\.cs$", HintName(Valid with { Name = "GlyphEncoder" }));
    }

    [Fact]
    public void Names_that_differ_in_case_only_have_files_that_differ_in_more()
    {
        string[] names = ["Glyphencoder", "GlyphEncoder", "glyphencoder", "glyphEncoder", "GLYPHENCODER"];
        IEnumerable<string> files = names.Select(name => HintName(Valid with { Name = name }))
            .Concat([HintName(Valid with { Namespace = "demo" }), HintName(Valid), HintName(Nested("outer", "Encoder")), HintName(Nested("Outer", "Encoder"))]);
        Assert.Equal(9, files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("A\u01C4", "A\u01C5", "A\u01C6")] // DŽ as capitals, as a title's and as small letters
    [InlineData("\u01C4", "\u01C5", "\u01C6")]
    [InlineData("A\u00B5", "A\u03BC", "A\u039C")] // a micro sign, a small and a capital mu
    [InlineData("A\u03C3", "A\u03C2", "A\u03A3")] // a small, a final and a capital sigma
    public void Letters_may_have_more_than_two_cases(string first, string second, string third) =>
        Assert.Equal(3, new[] { first, second, third }.Select(name => HintName(Valid with { Name = name })).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void A_model_with_problems_has_a_file_name_too() => Assert.Equal("Demo.Encoder.g.cs", HintName(Declared.Model("[Features(4)]")));

    private static EncoderModel Nested(string outer, string name) =>
        Valid with { Name = name, ContainingTypes = EquatableArray.Of(new ContainingType("class", outer, default)) };

    private static string HintName(EncoderModel model) => EncoderCompiler.Compile(model).HintName;
}
