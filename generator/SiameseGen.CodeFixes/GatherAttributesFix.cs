using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.CodeFixes;

/// <summary>Gathers the attributes of a class on its declaration with <c>[Encoder]</c>, where all declarations are in one file; others are added in the file's order.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GatherAttributesFix)), Shared]
public sealed class GatherAttributesFix() : MechanicalFix(ProblemIds.SpreadOverDeclarations)
{
    private protected override IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { Parent: { } parent } marked)
            yield break;
        TypeDeclarationSyntax[] parts =
            [.. parent.ChildNodes().OfType<TypeDeclarationSyntax>().Where(part => part.Identifier.Text == marked.Identifier.Text
                && part.TypeParameterList?.Parameters.Count == marked.TypeParameterList?.Parameters.Count && part.AttributeLists.Count > 0)];
        TypeDeclarationSyntax? target = parts.FirstOrDefault(part => part.AttributeLists.SelectMany(list => list.Attributes).Any(IsMark));
        if (target is null || parts.Length < 2)
            yield break;
        TypeDeclarationSyntax[] others = [.. parts.Where(part => part != target)];

        // What stands between them may belong to either place, which only the user knows.
        if (others.SelectMany(other => other.AttributeLists).SelectMany(list => list.DescendantTrivia()).Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            yield break;

        SyntaxNode mended = root.ReplaceNodes(parts, (part, _) => part == target
            ? part.WithAttributeLists(Joined(part.AttributeLists, others.SelectMany(other => other.AttributeLists), EndOfLine(root)))
            : part.WithoutLeadingTrivia().WithAttributeLists(default).WithLeadingTrivia(part.GetLeadingTrivia()));
        yield return ("Gather the attributes in one declaration", mended);
    }

    // A line each, as far in as the first one.
    private static SyntaxList<AttributeListSyntax> Joined(SyntaxList<AttributeListSyntax> own, IEnumerable<AttributeListSyntax> others, SyntaxTrivia lineEnd)
    {
        AttributeListSyntax last = own.Last();
        SyntaxTriviaList end = last.GetTrailingTrivia();
        bool isLine = end.Any(SyntaxKind.EndOfLineTrivia);
        IEnumerable<SyntaxTrivia> indent = own.First().GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        AttributeListSyntax[] added = [.. others.Select(list => list.WithLeadingTrivia(indent).WithTrailingTrivia(lineEnd))];
        if (!isLine)
        {
            own = own.Replace(last, last.WithTrailingTrivia(lineEnd));
            added[added.Length - 1] = added[added.Length - 1].WithTrailingTrivia(end);
        }

        return own.AddRange(added);
    }

    private static SyntaxTrivia EndOfLine(SyntaxNode root)
    {
        SyntaxTrivia first = root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return first.IsKind(SyntaxKind.EndOfLineTrivia) ? first : SyntaxFactory.LineFeed;
    }

    private static bool IsMark(AttributeSyntax attribute) => Last(attribute.Name) is "Encoder" or "Block" or "EncoderAttribute" or "BlockAttribute";

    private static string Last(NameSyntax name) => name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.Text : name.ToString();
}
