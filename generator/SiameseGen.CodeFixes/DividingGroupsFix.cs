using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.CodeFixes;

/// <summary>Sets the number of groups to one of the nearest that divide the channels.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DividingGroupsFix)), Shared]
public sealed class DividingGroupsFix() : MechanicalFix(ProblemIds.NotDivisible)
{
    private protected override IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { } argument || !diagnostic.Properties.TryGetValue(Problem.Remedy, out string? remedy))
            yield break;
        foreach (string number in remedy!.Split([" or "], StringSplitOptions.None))
        {
            ExpressionSyntax value = SyntaxFactory.ParseExpression(number).WithTriviaFrom(argument.Expression);
            yield return ($"Use {number} groups", root.ReplaceNode(argument.Expression, value));
        }
    }
}
