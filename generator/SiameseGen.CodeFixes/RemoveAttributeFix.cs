using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.CodeFixes;

/// <summary>Removes a second input or loss, or what a block cannot have.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeFix)), Shared]
public sealed class RemoveAttributeFix() : MechanicalFix(ProblemIds.TwoInputs, ProblemIds.TwoLosses, ProblemIds.NoPartOfBlock)
{
    private protected override IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (AttributeOf(node) is not var (attribute, list))
            yield break;
        SyntaxNode alone = list.Attributes.Count == 1 ? list : attribute;
        yield return ($"Remove [{attribute}]", root.RemoveNode(alone, SyntaxRemoveOptions.KeepNoTrivia)!);
    }
}
