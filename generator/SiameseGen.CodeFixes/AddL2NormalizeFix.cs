using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SiameseGen.Compiler.Model;

namespace SiameseGen.CodeFixes;

/// <summary>Gives embeddings the length 1, as the last layer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddL2NormalizeFix)), Shared]
public sealed class AddL2NormalizeFix() : MechanicalFix(ProblemIds.MarginWithoutScale)
{
    private protected override IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (AttributeOf(node) is not var (loss, lossList) || lossList.Parent is not TypeDeclarationSyntax type)
            yield break;

        // After everything else; where the loss is last, before it.
        AttributeListSyntax list = type.AttributeLists.Last();
        AttributeSyntax last = list.Attributes.Last();
        bool isBefore = last == loss;
        if (isBefore && list.Attributes.Count == 1 && type.AttributeLists.Count > 1)
        {
            list = type.AttributeLists[type.AttributeLists.Count - 2];
            isBefore = false;
        }

        SimpleNameSyntax name = SyntaxFactory.IdentifierName("L2Normalize");
        AttributeSyntax added = SyntaxFactory.Attribute(loss.Name is QualifiedNameSyntax qualified ? qualified.WithRight(name) : name);
        AttributeListSyntax longer = list.WithAttributes(list.Attributes.Insert(list.Attributes.Count - (isBefore ? 1 : 0), added));
        yield return ("Add [L2Normalize]", root.ReplaceNode(list, longer.WithAdditionalAnnotations(Formatter.Annotation)));
    }
}
