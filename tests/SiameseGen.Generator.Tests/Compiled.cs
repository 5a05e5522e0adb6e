using SiameseGen.Compiler;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using Xunit;

namespace SiameseGen.Generator.Tests;

/// <summary>What the compiler makes of models written as attributes.</summary>
internal static class Compiled
{
    /// <summary>The plan of a valid model.</summary>
    /// <param name="attributes">See <see cref="Declared.Model"/>.</param>
    public static Plan Plan(string attributes) => Plan(Declared.Model(attributes));

    /// <summary>The plan of a valid model.</summary>
    /// <param name="model">The model.</param>
    public static Plan Plan(EncoderModel model)
    {
        var problems = new ProblemList(model);
        Plan? plan = EncoderCompiler.Plan(model, problems);
        Assert.Empty(problems.All);
        return plan!;
    }

    /// <summary>What is wrong with a model.</summary>
    /// <param name="attributes">See <see cref="Declared.Model"/>.</param>
    public static EquatableArray<Problem> Problems(string attributes)
    {
        CompilationResult result = EncoderCompiler.Compile(Declared.Model(attributes));
        Assert.Equal(result.Problems.Count == 0, result.Source is not null);
        Assert.Equal(result.Problems.Count == 0, result.Plan is not null);
        return result.Problems;
    }

    /// <summary>The only thing that is wrong with a model.</summary>
    /// <param name="attributes">See <see cref="Declared.Model"/>.</param>
    public static Problem Problem(string attributes) => Assert.Single(Problems(attributes));
}
