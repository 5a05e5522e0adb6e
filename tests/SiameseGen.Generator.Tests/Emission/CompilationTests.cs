using Microsoft.CodeAnalysis.CSharp;
using SiameseGen.Compiler.Model;
using Xunit;

namespace SiameseGen.Generator.Tests.Emission;

public class CompilationTests
{
    private const string Doc = "/// <summary>Documented.</summary>\n";

    [Theory]
    [MemberData(nameof(SampleModels.Names), MemberType = typeof(SampleModels))]
    public void Generated_files_compile_without_a_warning(string model)
    {
        UserProject.AssertClean(UserProject.Compile(Declared.Model(SampleModels.All[model], model) with { IsDocumented = true }));
    }

    [Theory]
    [InlineData("[Features(1), L2Normalize]")] // an embedding of one float, no parameters
    [InlineData("[Features(3), Dropout(0.5f)]")] // nothing to do at inference
    [InlineData("[Image(2, 3), Flatten]")] // nothing to do at all
    [InlineData("[Features(4), BatchNorm, BatchNorm]")]
    [InlineData("[Image(4, 4), MaxPool2D(2), GlobalAvgPool, LeakyReLU(Slope = 1E-30f)]")]
    public void So_do_the_smallest(string attributes)
    {
        UserProject.AssertClean(UserProject.Compile(Declared.Model(attributes) with { IsDocumented = true }));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.CSharp14)]
    public void Older_versions_of_the_language_suffice(LanguageVersion language)
    {
        EncoderModel model = Declared.Model(SampleModels.All["PatchEncoder"], "PatchEncoder") with { IsDocumented = true };
        UserProject.AssertClean(UserProject.Compile(model, $"namespace Demo; {Doc}public partial class PatchEncoder;", language));
    }

    [Theory]
    [MemberData(nameof(SampleModels.Names), MemberType = typeof(SampleModels))]
    public void The_assembly_may_claim_to_be_compliant(string model)
    {
        UserProject.AssertClean(UserProject.Compile(
            Declared.Model(SampleModels.All[model], model), $"[assembly: System.CLSCompliant(true)] namespace Demo {{ public partial class {model}; }}"));
    }

    [Fact]
    public void A_class_that_the_user_did_not_document_is_documented()
    {
        UserProject.AssertClean(UserProject.Compile(Declared.Model(SampleModels.All["SensorEncoder"], "SensorEncoder"), "namespace Demo; public partial class SensorEncoder;"));
    }

    [Fact]
    public void A_class_may_lie_in_the_global_namespace()
    {
        EncoderModel model = Declared.Model("[Features(4), Dense(2), TripletLoss]") with { Namespace = "" };
        UserProject.AssertClean(UserProject.Compile(model, "public partial class Encoder;"));
    }

    [Theory]
    [InlineData("class", "public")]
    [InlineData("struct", "internal")]
    [InlineData("record", "public")]
    [InlineData("record struct", "public")]
    [InlineData("interface", "public")]
    public void A_class_may_be_nested(string keyword, string accessibility)
    {
        EncoderModel model = Declared.Model("[Features(4), Dense(2), TripletLoss]") with
        {
            ContainingTypes = EquatableArray.Of(new ContainingType("class", "Outer", default), new ContainingType(keyword, "Inner", default)),
        };
        UserProject.AssertClean(UserProject.Compile(
            model, $"namespace Demo; {Doc}public partial class Outer {{ {Doc}{accessibility} partial {keyword} Inner {{ public partial class Encoder; }} }}"));
    }

    [Theory]
    [InlineData("private")]
    [InlineData("protected")]
    [InlineData("internal")]
    [InlineData("private protected")]
    [InlineData("protected internal")]
    public void A_class_may_have_any_accessibility(string accessibility)
    {
        EncoderModel model = Declared.Model("[Features(4), Dense(2), TripletLoss]") with
        {
            ContainingTypes = EquatableArray.Of(new ContainingType("class", "Outer", default)),
        };
        UserProject.AssertClean(UserProject.Compile(model, $"namespace Demo; {Doc}public partial class Outer {{ {accessibility} partial class Encoder; }}"));
    }

    [Fact]
    public void Names_may_be_keywords()
    {
        EncoderModel model = Declared.Model("[Features(4), Dense(2), TripletLoss]", "class") with
        {
            Namespace = "my.namespace",
            ContainingTypes = EquatableArray.Of(new ContainingType("class", "record", default)),
        };
        UserProject.AssertClean(UserProject.Compile(
            model, $"namespace my.@namespace; {Doc}public partial class @record {{ public partial class @class; }}"));
    }

    [Theory]
    [InlineData("Conv2D1")] // like the class of a layer
    [InlineData("System")]
    [InlineData("SiameseGen")]
    [InlineData("Parameter")]
    public void Names_may_be_those_of_others(string name)
    {
        EncoderModel model = Declared.Model("[Image(4, 4), Conv2D(2), Flatten, TripletLoss]", name);
        UserProject.AssertClean(UserProject.Compile(model, $"namespace Demo; public partial class {name};"));
    }

    [Fact]
    public void Types_of_the_user_may_have_the_names_of_those_that_generated_code_uses()
    {
        string[] names = ["System", "SiameseGen", "Parameters", "EncoderInfo", "Shape", "Conv2D", "Conv2D1", "Span", "Distances"];
        EncoderModel model = Declared.Model("[Image(4, 4), Conv2D(2), Flatten, TripletLoss]");
        UserProject.AssertClean(UserProject.Compile(
            model, $"namespace Demo; public partial class Encoder; {string.Concat(names.Select(name => $"internal class {name};"))}"));
    }

    [Fact]
    public void The_user_may_add_members()
    {
        EncoderModel model = Declared.Model("[Features(4), Dense(2), TripletLoss]") with { IsDocumented = true };
        UserProject.AssertClean(UserProject.Compile(model, $$"""
            namespace Demo;
            {{Doc}}public sealed partial class Encoder : System.IDisposable
            {
                private static readonly Encoder Default = new();
                {{Doc}}public Encoder(string name) : this(seed: name.Length) { }
                {{Doc}}public Embedding Embed(string text) => Default.Embed(new float[text.Length]);
                {{Doc}}public void Dispose() { }
            }
            """));
    }
}
