using System.Text;
using Glyphs;
using Spectre.Console;

Console.OutputEncoding = Encoding.UTF8;
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 120;
return await CommandLine.Make(new Application(AnsiConsole.Console, Console.Error).RunAsync).Parse(args).InvokeAsync();
