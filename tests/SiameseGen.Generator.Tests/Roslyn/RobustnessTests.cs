using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SiameseGen.Compiler.Model;
using SiameseGen.Generator.Diagnostics;
using Xunit;

namespace SiameseGen.Generator.Tests.Roslyn;

public sealed class RobustnessTests
{
    private const string Valid = """
        using SiameseGen.Training;
        namespace Demo;
        public partial class Outer
        {
            [Encoder]
            [Image(28, width: 28, Channels = 3)]
            [Conv2D(8, Kernel = 3, Padding = Padding.Same), BatchNorm(Momentum = 0.1f), ReLU, MaxPool2D(2)]
            [Flatten, Dropout(0.5f), Dense(Sizes.Units, Bias = false), L2Normalize]
            [TripletLoss(Margin = 0.2f, Distance = DistanceMetric.Euclidean)]
            public sealed partial class Encoder { public Encoder(string name) : this(1) { } public float Length => 1f; }
            static class Sizes { public const int Units = 2 * 8; }
            public object Train() => new Trainer<Encoder>(new Encoder(2));
        }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Garbage_makes_nothing_throw(int seed)
    {
        Random random = new(seed);
        ImmutableArray<SyntaxToken> tokens = [.. SyntaxFactory.ParseTokens(Valid)];
        for (int i = 0; i < 50; i++)
        {
            List<SyntaxToken> garbage = [.. tokens];
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                int place = random.Next(garbage.Count - 1);
                if (random.Next(3) > 0)
                    garbage.RemoveAt(place);
                else
                    garbage.Insert(place, tokens[random.Next(tokens.Length - 1)]);
            }

            string file = string.Concat(garbage.Select(token => token.ToFullString()));
            Compilation project = Project.Of(file);
            GeneratorRunResult generated = Project.Generate(project);
            Assert.True(generated.Exception is null, $"{generated.Exception}\n{file}");
            Assert.True(generated.Diagnostics.IsEmpty, $"{string.Join('\n', generated.Diagnostics)}\n{file}");
            ImmutableArray<Diagnostic> analyzed = await Project.AnalyzeAsync(project);
            Assert.False(analyzed.Any(diagnostic => !diagnostic.Id.StartsWith("SG", StringComparison.Ordinal)), $"{string.Join('\n', analyzed)}\n{file}");
        }
    }

    [Fact]
    public async Task The_text_that_garbage_is_made_of_is_valid()
    {
        Assert.Empty(await Project.AnalyzeAsync(Project.Of(Valid)));
        Assert.Single(Project.Generate(Project.Of(Valid)).GeneratedSources);
        Assert.Empty(Project.ErrorsOfUser(Project.Of(Valid)));
    }

    [Fact]
    public void Encoders_of_one_name_in_many_places_have_files_of_their_own()
    {
        GeneratorRunResult generated = Project.Generate(Project.Of(
            """
            [Encoder, Features(4), Dense(2)] partial class Twin;
            [Encoder, Features(4), Dense(2)] partial class twin;
            partial class A { [Encoder, Features(4), Dense(2)] partial class Twin; }
            partial class a { [Encoder, Features(4), Dense(2)] partial class Twin; }
            namespace One { [Encoder, Features(4), Dense(2)] partial class Twin; }
            namespace Two { [Encoder, Features(4), Dense(2)] partial class Twin; }
            """));
        Assert.Null(generated.Exception);
        Assert.Empty(generated.Diagnostics);
        Assert.Equal(6, generated.GeneratedSources.Length);
    }

    [Fact]
    public void A_broken_model_takes_no_other_with_it()
    {
        GeneratorRunResult generated = Project.Generate(Project.Of(
            "[Encoder, Features(4), Dense(2)] partial class Good;", "[Encoder, Image(4, 4), Dense(2)] partial class Bad;", "[Encoder, Features(4, Dense("));
        Assert.Equal("Good.g.cs", Assert.Single(Project.Whole(generated)).HintName);
    }

    [Fact]
    public void A_defect_of_the_generator_is_reported_for_its_model_alone()
    {
        // A layer whose attribute exists while the compiler knows nothing of it: what a half-added layer would be.
        const string Runtime = """
            namespace SiameseGen
            {
                public class EncoderAttribute : System.Attribute;
                public abstract class InputAttribute : System.Attribute;
                public abstract class LayerAttribute : System.Attribute;
                public class FeaturesAttribute(int count) : InputAttribute;
                public class DenseAttribute(int units) : LayerAttribute;
                public class HalfAddedAttribute : LayerAttribute;
            }
            """;
        CSharpCompilation project = Project.Of(
            Runtime, "[Encoder, Features(4), Dense(2)] partial class Good;", "[Encoder, Features(4), HalfAdded] partial class Bad;");
        project = project.RemoveReferences(project.References.Where(reference => reference.Display!.EndsWith("SiameseGen.dll", StringComparison.Ordinal)));

        GeneratorRunResult generated = Project.Generate(project);
        Diagnostic diagnostic = Assert.Single(generated.Diagnostics);
        Assert.Equal(ProblemIds.InternalFailure, diagnostic.Id);
        Assert.Contains("'Bad'", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal("Good.g.cs", Assert.Single(generated.GeneratedSources).HintName);
    }

    [Theory]
    [InlineData("[Encoder, HalfAdded] partial class Bad;", ProblemIds.InternalFailure)]
    [InlineData("[Encoder, HalfAdded] class Bad;", ProblemIds.NotPartial)] // which the generator does not compile, so that it cannot meet the defect
    public async Task A_defect_of_the_rules_is_no_defect_of_the_analyzer(string file, string id)
    {
        const string Runtime = """
            namespace SiameseGen
            {
                public class EncoderAttribute : System.Attribute;
                public abstract class LayerAttribute : System.Attribute;
                public class HalfAddedAttribute : LayerAttribute;
            }
            """;
        CSharpCompilation project = Project.Of(Runtime, file);
        project = project.RemoveReferences(project.References.Where(reference => reference.Display!.EndsWith("SiameseGen.dll", StringComparison.Ordinal)));
        Diagnostic diagnostic = Assert.Single(await Project.AnalyzeAsync(project));
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal("Bad", file.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Fact]
    public void Embeddings_of_two_encoders_do_not_mix()
    {
        const string Encoders = """
            [Encoder, Features(4), Dense(2)] partial class Faces;
            [Encoder, Features(4), Dense(2)] partial class Voices;
            """;
        Assert.Empty(Errors("Faces.Distance(face, face)"));
        Assert.Equal(["CS1503"], Errors("Faces.Distance(face, voice)"));
        Assert.Equal(["CS1503"], Errors("Voices.Distance(face, voice)"));
        Assert.Equal(["CS0029"], Errors("face = voice"));
        Assert.Equal(["CS1503"], Errors("face.Equals(default(Voices.Embedding)) ? 1 : Faces.Distance(default(Voices.Embedding), face)"));
        Assert.Equal(["CS1503"], Errors("Faces.Similarity(face, voice)"));

        // Less is better for one and more for the other, so neither stands in for the other, nor a number for either.
        Assert.Empty(Errors("Faces.Distance(face, face) <= new Distance(0.5f) && Faces.Similarity(face, face) >= new Similarity(0.5f)"));
        Assert.Equal(["CS0019"], Errors("Faces.Distance(face, face) <= new Similarity(0.5f)"));
        Assert.Equal(["CS0019"], Errors("Faces.Similarity(face, face) >= 0.5f"));
        Assert.Equal(["CS0266"], Errors("{ float distance = Faces.Distance(face, face); return distance; }"));

        // An input was checked for one encoder.
        Assert.Empty(Errors("new Faces().Embed(new Faces.Input(new float[4]))"));
        Assert.Equal(["CS1503"], Errors("new Faces().Embed(new Voices.Input(new float[4]))"));

        static IEnumerable<string> Errors(string expression) =>
            Project.ErrorsOfUser(Project.Of(Encoders, $$"""
                class Program
                {
                    static object Mix(Faces.Embedding face, Voices.Embedding voice) {{(expression.StartsWith('{') ? expression : $"=> {expression};")}}
                }
                """)).Select(diagnostic => diagnostic.Id);
    }

    [Fact]
    public void Every_rule_has_words()
    {
        IEnumerable<string> ids = typeof(ProblemIds).GetFields().Select(field => (string)field.GetValue(null)!);
        Assert.Equal(ids.Order(), Descriptors.OfModels.Concat(Descriptors.OfCalls).Concat(VerifierDescriptors.All).Append(Descriptors.InternalFailure).Select(words => words.Id).Order());
    }
}
