using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SiameseGen.Docs.Tests;

/// <summary>Turns the blocks of a page into one program: types beside each other, statements one after the other, as a reader would type them.</summary>
internal static class PageProgram
{
    /// <summary>The full name of the class with the program.</summary>
    public const string ClassName = "Page.Program";

    /// <summary>The program of a page.</summary>
    /// <param name="page">The page's path, for messages of the compiler.</param>
    /// <param name="blocks">Its blocks, those with errors left out.</param>
    public static string Compose(string page, IEnumerable<CodeBlock> blocks)
    {
        StringBuilder usings = new(), run = new(), compile = new(), types = new();
        foreach (CodeBlock block in blocks)
        {
            CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit(block.Text);
            foreach (UsingDirectiveSyntax directive in unit.Usings)
                usings.Append(directive.ToFullString());
            foreach (MemberDeclarationSyntax member in unit.Members)
            {
                int line = block.FirstLine + member.GetLocation().GetLineSpan().StartLinePosition.Line;
                string text = $"#line {line} \"{page}\"\n{member.ToString()}\n";
                if (member is not GlobalStatementSyntax)
                {
                    types.Append(text);
                    continue;
                }

                compile.Append(text);
                if (block.Kind is CodeBlockKind.Run)
                    run.Append(text);
            }
        }

        // The page's Console is a class of this program, found before System.Console: it notes what each line of the page prints.
        return $$"""
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            {{Distinct(usings)}}
            namespace Page
            {
            public static class Program
            {
            public static readonly List<(int Line, string Text)> Printed = new();
            private static class Console
            {
                public static void WriteLine(object value, [System.Runtime.CompilerServices.CallerLineNumber] int line = 0) =>
                    Printed.Add((line, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)));
                public static void WriteLine(FormattableString value, [System.Runtime.CompilerServices.CallerLineNumber] int line = 0) =>
                    Printed.Add((line, FormattableString.Invariant(value)));
            }
            #pragma warning disable CS1998, CS8321
            public static async Task Run()
            {
            {{run}}
            #line default
            }
            public static async Task CompileOnly()
            {
            {{compile}}
            #line default
            }
            }
            }
            {{types}}
            """;
    }

    private static string Distinct(StringBuilder usings) =>
        string.Join('\n', usings.ToString().Split('\n').Select(line => line.Trim()).Distinct());
}
