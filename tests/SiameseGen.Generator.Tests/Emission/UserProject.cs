using System.Collections.Immutable;
using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SiameseGen.Compiler;
using SiameseGen.Compiler.Model;
using Xunit;

namespace SiameseGen.Generator.Tests.Emission;

/// <summary>The generated file in a project as strict as a user's can be: nullable, with documentation, without unsafe code.</summary>
internal static class UserProject
{
    private static readonly ImmutableArray<MetadataReference> References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(EncoderAttribute).Assembly.Location)];

    /// <summary>Compiles a model's file and the user's part of the class.</summary>
    /// <param name="model">The model.</param>
    /// <param name="userSource">The user's part.</param>
    /// <param name="language">The version of C#.</param>
    /// <param name="optimize">Whether as in a Release build.</param>
    public static CSharpCompilation Compile(
        EncoderModel model, string userSource, LanguageVersion language = LanguageVersion.CSharp14, bool optimize = false)
    {
        CompilationResult result = EncoderCompiler.Compile(model);
        Assert.Empty(result.Problems);
        var parse = new CSharpParseOptions(language, DocumentationMode.Diagnose);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: optimize ? OptimizationLevel.Release : OptimizationLevel.Debug,
            warningLevel: 9999,
            nullableContextOptions: NullableContextOptions.Enable);
        SyntaxTree[] files = [CSharpSyntaxTree.ParseText(result.Source!, parse, result.HintName), CSharpSyntaxTree.ParseText(userSource, parse, "User.cs")];
        return CSharpCompilation.Create("User", files, References, options);
    }

    /// <summary>Compiles a class in the namespace <c>Demo</c>.</summary>
    /// <param name="model">The model.</param>
    public static CSharpCompilation Compile(EncoderModel model) =>
        Compile(model, $"namespace Demo; /// <summary>An encoder.</summary>\npublic partial class {model.Name};");

    /// <summary>Fails when the compiler of C# has anything to say.</summary>
    /// <param name="compilation">The user's project.</param>
    public static void AssertClean(CSharpCompilation compilation)
    {
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString()));
    }

    /// <summary>Loads the encoder's class.</summary>
    /// <param name="compilation">The user's project.</param>
    /// <param name="metadataName">The class.</param>
    public static Type Load(CSharpCompilation compilation, string metadataName)
    {
        AssertClean(compilation);
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        return Assembly.Load(stream.ToArray()).GetType(metadataName, throwOnError: true)!;
    }
}
