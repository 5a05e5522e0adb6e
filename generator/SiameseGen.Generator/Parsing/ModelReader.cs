using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Parsing;

/// <summary>Reads the models of a file, for tests of them.</summary>
public static class ModelReader
{
    /// <summary>Reads the models whose declarations have no mistakes.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="file">One of its files.</param>
    /// <returns>The models in the order of the source.</returns>
    public static IEnumerable<EncoderModel> Read(Compilation compilation, SyntaxTree file)
    {
        SemanticModel semantics = compilation.GetSemanticModel(file);
        foreach (ClassDeclarationSyntax declaration in file.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
        {
            if (semantics.GetDeclaredSymbol(declaration) is INamedTypeSymbol type
                && EncoderParser.Parse(type, CancellationToken.None) is { Model.Problems.Count: 0 } parsed
                && parsed.Declaration == declaration)
            {
                yield return parsed.Model;
            }
        }
    }
}
