using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.CodeFixes;

/// <summary>Sets a pooling window to the largest that fits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LargestWindowFix)), Shared]
public sealed class LargestWindowFix() : MechanicalFix(ProblemIds.NothingLeft)
{
    private const string Before = "at most ";

    private protected override IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (diagnostic.AdditionalLocations.Count > 0 || node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { } argument
            || !diagnostic.Properties.TryGetValue(Problem.Remedy, out string? remedy) || remedy!.IndexOf(Before, StringComparison.Ordinal) is not (>= 0 and var start))
        {
            yield break;
        }

        string largest = new([.. remedy.Skip(start + Before.Length).TakeWhile(char.IsDigit)]);
        ExpressionSyntax value = SyntaxFactory.ParseExpression(largest).WithTriviaFrom(argument.Expression);
        yield return ($"Use a window of {largest}", root.ReplaceNode(argument.Expression, value));
    }
}
