using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SiameseGen.Benchmarks.Compilation;

/// <summary>Source texts of a project with many encoders.</summary>
internal static class Models
{
    public static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Append(typeof(EncoderInfo).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>An encoder of blocks of convolution, batch norm and ReLU, pooled four times at most.</summary>
    public static string Encoder(string name, int blocks)
    {
        var text = new StringBuilder("using SiameseGen;\n[Encoder]\n[Image(28, 28)]\n");
        for (int block = 0; block < blocks; block++)
        {
            string pool = block < 3 ? ", MaxPool2D(2)" : "";
            text.Append(CultureInfo.InvariantCulture, $"[Conv2D({16 + (block % 4 * 8)}, Padding = Padding.Same), BatchNorm, ReLU{pool}]\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"[Flatten, Dense(64), L2Normalize]\n[TripletLoss]\npublic partial class {name};\n").ToString();
    }

    /// <summary>A project of some encoders, each in a file of its own, and a file without any.</summary>
    public static CSharpCompilation Project(int encoders, int blocks, int number = 0) => CSharpCompilation.Create(
        $"Project{number}",
        [
            CSharpSyntaxTree.ParseText("public static class Other { public static int Value => 1; }", Parsing, "Other.cs"),
            .. Enumerable.Range(0, encoders).Select(i => CSharpSyntaxTree.ParseText(Encoder($"Encoder{i}", blocks), Parsing, $"Encoder{i}.cs")),
        ],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));

    /// <summary>The project after an edit of one of its files.</summary>
    public static CSharpCompilation Edited(CSharpCompilation project, int file, string text)
    {
        SyntaxTree tree = project.SyntaxTrees[file];
        return project.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, Parsing, tree.FilePath));
    }
}
