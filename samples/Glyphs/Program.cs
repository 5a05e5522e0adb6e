using System.Text;
using Glyphs;
using Spectre.Console;

Console.OutputEncoding = Encoding.UTF8;
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 120;
var application = new Application(AnsiConsole.Console, Console.Error);
return await CommandLine.Make(application.RunAsync, application.CompareAsync).Parse(args).InvokeAsync();
