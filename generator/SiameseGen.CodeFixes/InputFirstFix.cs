using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SiameseGen.Compiler.Model;

namespace SiameseGen.CodeFixes;

/// <summary>Moves the input before the first layer or loss.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InputFirstFix)), Shared]
public sealed class InputFirstFix() : MechanicalFix(ProblemIds.InputNotFirst)
{
    private protected override IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (AttributeOf(node) is not var (first, list) || list.Parent is not TypeDeclarationSyntax type)
            yield break;
        AttributeSyntax? input = type.AttributeLists.SelectMany(other => other.Attributes).FirstOrDefault(IsInput);
        if (input?.Parent is not AttributeListSyntax home)
            yield break;

        SyntaxNode alone = home.Attributes.Count == 1 ? home : input;
        SyntaxNode tracked = root.TrackNodes(list, first, alone);
        AttributeListSyntax target = tracked.GetCurrentNode(list)!;
        int place = target.Attributes.IndexOf(tracked.GetCurrentNode(first)!);
        AttributeListSyntax longer = target.WithAttributes(target.Attributes.Insert(place, input.WithoutTrivia())).WithAdditionalAnnotations(Formatter.Annotation);

        // Where the input stands in the same list, it has moved on by one.
        if (home == list)
            longer = longer.WithAttributes(longer.Attributes.RemoveAt(list.Attributes.IndexOf(input) + 1));
        SyntaxNode mended = tracked.ReplaceNode(target, longer);
        yield return ($"Move [{input}] first", home == list ? mended : mended.RemoveNode(mended.GetCurrentNode(alone)!, SyntaxRemoveOptions.KeepNoTrivia)!);
    }

    private static bool IsInput(AttributeSyntax attribute)
    {
        string name = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.Text : attribute.Name.ToString();
        return name is "Image" or "ImageAttribute" or "Features" or "FeaturesAttribute";
    }
}
