namespace SiameseGen.Docs.Tests;

/// <summary>How a fenced block of C# is checked.</summary>
internal enum CodeBlockKind
{
    /// <summary><c>```csharp</c>: compiled and run; what it prints is compared with its <c>// → …</c> comments.</summary>
    Run,

    /// <summary><c>```csharp compile</c>: compiled only, because it needs data that a test does not have.</summary>
    Compile,

    /// <summary><c>```csharp error ID</c>: must give exactly that diagnostic.</summary>
    Error,
}

/// <summary>A fenced block of C# on a page.</summary>
/// <param name="Kind">How it is checked.</param>
/// <param name="Text">The code.</param>
/// <param name="FirstLine">The page's line of the first line of code, from 1.</param>
/// <param name="ErrorId">For <see cref="CodeBlockKind.Error"/>: the diagnostic.</param>
internal sealed record CodeBlock(CodeBlockKind Kind, string Text, int FirstLine, string ErrorId)
{
    private const string Fence = "```";

    /// <summary>All blocks of C# on a page, in order.</summary>
    public static List<CodeBlock> In(string markdown)
    {
        string[] lines = markdown.ReplaceLineEndings("\n").Split('\n');
        List<CodeBlock> blocks = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
                continue;
            int end = Array.FindIndex(lines, i + 1, line => line.StartsWith(Fence, StringComparison.Ordinal));
            if (end < 0)
                throw new FormatException($"The block that starts at line {i + 1} has no end.");
            string[] words = lines[i][Fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["csharp", ..])
                blocks.Add(new CodeBlock(KindOf(words, i + 1), string.Join('\n', lines[(i + 1)..end]), i + 2, words.Length > 2 ? words[2] : ""));
            i = end;
        }

        return blocks;
    }

    private static CodeBlockKind KindOf(string[] words, int line) => words switch
    {
        [_] => CodeBlockKind.Run,
        [_, "compile"] => CodeBlockKind.Compile,
        [_, "error", _] => CodeBlockKind.Error,
        _ => throw new FormatException($"Line {line}: a block is `csharp`, `csharp compile` or `csharp error ID`."),
    };
}
