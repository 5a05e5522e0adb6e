using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using SiameseGen.Compiler.Model;

namespace SiameseGen.CodeFixes;

/// <summary>Lets a kernel that is larger than the image reach beyond its border.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SamePaddingFix)), Shared]
public sealed class SamePaddingFix() : MechanicalFix(ProblemIds.KernelTooLarge)
{
    private const string Argument = "Padding";

    private protected override IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        // Of a kernel in a block, only the place is underlined where the block is put in.
        if (diagnostic.AdditionalLocations.Count > 0 || AttributeOf(node) is not var (attribute, _))
            yield break;
        AttributeArgumentSyntax same = SyntaxFactory.AttributeArgument(SyntaxFactory.ParseExpression("Padding.Same"))
            .WithNameEquals(SyntaxFactory.NameEquals(Argument));
        AttributeArgumentListSyntax arguments = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        AttributeArgumentSyntax? set = arguments.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.Text == Argument);
        AttributeArgumentListSyntax mended = set is null ? arguments.AddArguments(same) : arguments.ReplaceNode(set, same);
        yield return ("Use Padding.Same", root.ReplaceNode(attribute, attribute.WithArgumentList(mended).WithAdditionalAnnotations(Formatter.Annotation)));
    }
}
