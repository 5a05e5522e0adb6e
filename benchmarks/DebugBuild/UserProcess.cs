using System.Diagnostics;
using System.Globalization;

namespace SiameseGen.Benchmarks.DebugBuild;

/// <summary>A build of the user's project, running in a process of its own.</summary>
internal sealed class UserProcess : IContestant, IDisposable
{
    private readonly Process _process;

    private UserProcess(string configuration, Process process)
    {
        Name = configuration;
        _process = process;
        Optimisation = ReadLine();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What the process says about which assemblies the compiler optimised.</summary>
    public string Optimisation { get; }

    /// <summary>Builds the project.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="configuration">Debug or Release.</param>
    /// <exception cref="InvalidOperationException">The build failed; the message is its output.</exception>
    public static void Build(string project, string configuration)
    {
        using Process build = Start(redirectInput: false, "build", project, "-c", configuration, "-v", "q", "--nologo");
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"'dotnet build {project} -c {configuration}' failed.{Environment.NewLine}{output}");
    }

    /// <summary>Starts a build of the project.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="configuration">Debug or Release.</param>
    /// <param name="arguments">Its arguments.</param>
    public static UserProcess Start(string project, string configuration, params ReadOnlySpan<string> arguments)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        string program = Path.Combine(Path.GetDirectoryName(project)!, "bin", configuration, "net10.0", name + ".dll");
        return new UserProcess(configuration, Start(redirectInput: true, [program, .. arguments]));
    }

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds)
    {
        _process.StandardInput.WriteLine(duration.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        foreach (string time in ReadLine().Split(' '))
            milliseconds.Add(double.Parse(time, CultureInfo.InvariantCulture));
    }

    /// <summary>Ends the process, which stops when its input ends.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Start(bool redirectInput, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = redirectInput,
            RedirectStandardOutput = true,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The {Name} build ended early.");
}
