using SiameseGen.Compiler.Emission;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler;

/// <summary>Compiles models: model → graph with shapes → plan → text.</summary>
public static class EncoderCompiler
{
    /// <summary>Compiles one model.</summary>
    /// <param name="model">What the user declared.</param>
    /// <returns>The generated code, or what is wrong with the model.</returns>
    public static CompilationResult Compile(EncoderModel model) => new(model.Problems, HintNames.Of(model), null, null);
}
