using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SiameseGen.Compiler.Model;

namespace SiameseGen.CodeFixes;

/// <summary>Makes a vector of an image, before a layer that needs one or at the end.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertFlattenFix)), Shared]
public sealed class InsertFlattenFix() : MechanicalFix(ProblemIds.NeedsFlatten, ProblemIds.EndsInImage)
{
    private static readonly string[] Layers = ["Flatten", "GlobalAvgPool"];

    private protected override IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (AttributeOf(node) is not var (attribute, list))
            yield break;
        bool isAfter = diagnostic.Id == ProblemIds.EndsInImage;
        foreach (string layer in Layers)
        {
            // Written as its neighbour is: with the namespace, if that has it.
            SimpleNameSyntax name = SyntaxFactory.IdentifierName(layer);
            AttributeSyntax added = SyntaxFactory.Attribute(attribute.Name is QualifiedNameSyntax qualified ? qualified.WithRight(name) : name);
            AttributeListSyntax longer = list.WithAttributes(list.Attributes.Insert(list.Attributes.IndexOf(attribute) + (isAfter ? 1 : 0), added));
            yield return ($"Insert [{layer}]", root.ReplaceNode(list, longer.WithAdditionalAnnotations(Formatter.Annotation)));
        }
    }
}
