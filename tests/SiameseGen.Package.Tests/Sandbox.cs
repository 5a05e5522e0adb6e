using SiameseGen.Docs.Tests;

namespace SiameseGen.Package.Tests;

/// <summary>
/// An empty folder outside the repository, in which the packages are all that a user has: a feed of its own, and neither the caches nor the settings of the
/// machine's user.
/// </summary>
public sealed class Sandbox : IDisposable
{
    private const string Feed = "feed";
    private static readonly string[] Packages = ["SiameseGen", "SiameseGen.Imaging", "SiameseGen.Extensions.AI", "SiameseGen.Testing", "SiameseGen.Onnx", "SiameseGen.Export", "SiameseGen.Tool", "SiameseGen.Templates"];

    // Installed once: what is there already cannot be installed again.
    private readonly Lazy<string> _templates;

    public Sandbox()
    {
        _templates = new Lazy<string>(() => Dotnet(Work!, $"new install \"{PackageFile("SiameseGen.Templates")}\""));
        Root = Directory.CreateTempSubdirectory("SiameseGen.Package.").FullName;
        Work = Directory.CreateDirectory(Path.Combine(Root, "work")).FullName;
        File.WriteAllText(
            Path.Combine(Work, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="{Feed}" value="{Path.Combine(Root, Feed)}" /></packageSources></configuration>""");
        foreach (string package in Packages)
        {
            string project = Path.Combine(Repository.Root, "runtime", package, package + ".csproj");
            Output += Dotnet(Repository.Root, $"pack \"{project}\" -c Release --no-restore -o \"{Path.Combine(Root, Feed)}\" --nologo");
        }
    }

    /// <summary>The sandbox.</summary>
    public string Root { get; }

    /// <summary>Where the user works.</summary>
    public string Work { get; }

    /// <summary>What packing said.</summary>
    public string Output { get; } = "";

    /// <summary>The file of a package.</summary>
    public string PackageFile(string name) => Directory.EnumerateFiles(Path.Combine(Root, Feed), $"{name}.*.*.*.nupkg").Single(file => char.IsDigit(Path.GetFileName(file)[name.Length + 1]));

    /// <summary>Makes a project of a template.</summary>
    /// <returns>Its folder.</returns>
    public string MakeOfTemplate(string template, string name)
    {
        _ = _templates.Value;
        Dotnet(Work, $"new {template} -n {name}");
        return Path.Combine(Work, name);
    }

    /// <summary>Runs the command-line tool of .NET, and fails when it fails.</summary>
    public string Dotnet(string folder, string arguments)
    {
        Dictionary<string, string> own = folder == Repository.Root
            ? []
            : new() { ["NUGET_PACKAGES"] = Path.Combine(Root, "packages"), ["DOTNET_CLI_HOME"] = Path.Combine(Root, "home") };
        return DotnetCommand.Run(folder, arguments, own);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
