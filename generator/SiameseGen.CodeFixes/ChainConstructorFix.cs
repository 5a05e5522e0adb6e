using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SiameseGen.Compiler.Model;

namespace SiameseGen.CodeFixes;

/// <summary>Lets a constructor call the generated one, which makes the weights.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ChainConstructorFix)), Shared]
public sealed class ChainConstructorFix() : MechanicalFix(ProblemIds.ConstructorNotChained)
{
    private protected override IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not { } constructor || (constructor.Body is null && constructor.ExpressionBody is null))
            yield break;
        ArgumentListSyntax seed = SyntaxFactory.ParseArgumentList("(seed: 0)");
        ConstructorInitializerSyntax initializer = SyntaxFactory.ConstructorInitializer(SyntaxKind.ThisConstructorInitializer, seed);
        ConstructorDeclarationSyntax mended = constructor.WithInitializer(initializer).WithAdditionalAnnotations(Formatter.Annotation);
        yield return ("Call the generated constructor", root.ReplaceNode(constructor, mended));
    }
}
