using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SiameseGen.Compiler.Model;

namespace SiameseGen.CodeFixes;

/// <summary>Makes a class, and the types around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix)), Shared]
public sealed class MakePartialFix() : MechanicalFix(ProblemIds.NotPartial, ProblemIds.NestedInNonPartial)
{
    private protected override IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        var generator = SyntaxGenerator.GetGenerator(document);
        TypeDeclarationSyntax[] types = [.. node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))];
        if (types.Length == 0)
            yield break;
        SyntaxNode mended = root.ReplaceNodes(types, (_, type) => generator.WithModifiers(type, generator.GetModifiers(type).WithPartial(true)));
        yield return ($"Make '{types[types.Length - 1].Identifier.Text}' partial", mended);
    }
}
