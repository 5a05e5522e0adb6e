using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SiameseGen.CodeFixes;

/// <summary>A remedy that follows from the diagnostic alone. A file with a class derived from this is all that a new one takes.</summary>
/// <param name="ids">The diagnostics that it mends.</param>
public abstract class MechanicalFix(params string[] ids) : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. ids];

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Document document = context.Document;
        if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            foreach ((string title, SyntaxNode mended) in Mend(document, root, node, diagnostic))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, _ => Task.FromResult(document.WithSyntaxRoot(mended)), equivalenceKey: title), diagnostic);
            }
        }
    }

    /// <summary>Mends a diagnostic.</summary>
    /// <param name="document">The file.</param>
    /// <param name="root">Its syntax.</param>
    /// <param name="node">What is underlined.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <returns>What can be done, each with the file after it; nothing where the remedy does not fit.</returns>
    private protected abstract IEnumerable<(string Title, SyntaxNode Mended)> Mend(Document document, SyntaxNode root, SyntaxNode node, Diagnostic diagnostic);

    /// <summary>The attribute around what is underlined.</summary>
    /// <param name="node">What is underlined.</param>
    private protected static (AttributeSyntax Attribute, AttributeListSyntax List)? AttributeOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<AttributeSyntax>() is { Parent: AttributeListSyntax list } attribute ? (attribute, list) : null;
}
