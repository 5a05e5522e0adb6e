using System.Text;
using System.Text.Json;
using Glyphs;
using Glyphs.Pictures;
using Spectre.Console;
using Xunit;

namespace SiameseGen.Glyphs.Tests;

public sealed class ApplicationTests : IDisposable
{
    private const int Side = Centring.CanvasSide;
    private readonly string _folder = Directory.CreateTempSubdirectory("glyphs-").FullName;
    private readonly StringWriter _shown = new();
    private readonly StringWriter _errors = new();

    private string Out => Path.Combine(_folder, "out");

    private string Json => Path.Combine(_folder, "out", "figures.json");

    private string Data => Path.Combine(_folder, "data");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _shown.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task Two_steps_are_trained_measured_saved_and_shown()
    {
        Assert.Equal(0, await RunAsync("--steps", "2", "--seed", "3"));
        Assert.Empty(_errors.ToString());
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Json));
        Assert.Equal(2, json.RootElement.GetProperty("steps").GetInt32());
        Assert.Equal(3, json.RootElement.GetProperty("seed").GetInt32());
        Assert.Equal(GlyphEncoder.Info.ParameterCount, json.RootElement.GetProperty("parameters").GetInt32());
        foreach (string key in new[] { "oneShot5way", "oneShot20way", "fiveShot5way", "fiveShot20way", "eer", "auc", "rawPixelsOneShot20way" })
            Assert.InRange(json.RootElement.GetProperty(key).GetDouble(), 0.01, 0.999);
        var weights = GlyphEncoder.Load(Path.Combine(Out, "glyphs.safetensors"));
        Assert.NotEqual(new GlyphEncoder(3).Parameters.Values.ToArray(), weights.Parameters.Values.ToArray());
        Assert.Contains("step 2 of 2", _shown.ToString(), StringComparison.Ordinal);
        Assert.Contains("raw pixels", _shown.ToString(), StringComparison.Ordinal);
        Assert.Contains("Somebody else's drawing", _shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_run_says_so_and_writes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        int code = await new Application(PlainConsole(), _errors).RunAsync(new GlyphOptions { Out = Out, Json = Json }, cancelled.Token);
        Assert.Equal(130, code);
        Assert.Equal("Cancelled.", _errors.ToString().Trim());
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task A_missing_folder_is_named() => await AssertErrorAsync(Data);

    [Fact]
    public async Task A_missing_part_is_named()
    {
        Draw("images_background", "Bengali", "character01", 1);
        Draw("images_evaluation", "Tengwar", "character01", 1);
        await AssertErrorAsync("all_runs.zip");
    }

    [Fact]
    public async Task A_damaged_archive_is_named()
    {
        Parts();
        Directory.Delete(Path.Combine(Data, "images_background"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(Data, "images_background.zip"), "not an archive", TestContext.Current.CancellationToken);
        await AssertErrorAsync("images_background.zip");
    }

    [Fact]
    public async Task A_damaged_picture_is_named()
    {
        Parts();
        await File.WriteAllTextAsync(
            Path.Combine(Data, "images_evaluation", "Tengwar", "character01", "0001_09.png"), "not a picture", TestContext.Current.CancellationToken);
        await AssertErrorAsync("0001_09.png");
    }

    [Fact]
    public async Task A_picture_of_another_size_is_named()
    {
        Parts();
        await File.WriteAllTextAsync(
            Path.Combine(Data, "images_evaluation", "Tengwar", "character01", "0001_09.pgm"), "P2 2 1 255 0 255", TestContext.Current.CancellationToken);
        await AssertErrorAsync("Tengwar/character01, drawer 9", "2×1");
    }

    [Fact]
    public async Task A_character_with_one_drawing_is_named()
    {
        Parts();
        Draw("images_background", "Greek", "character07", 1);
        await AssertErrorAsync("Greek/character07 has 1 drawing,", "remove the character");
    }

    [Fact]
    public async Task Alphabets_to_be_judged_by_that_were_learned_from_are_named()
    {
        Parts();
        Draw("images_evaluation", "Greek", "character01", 4);
        await AssertErrorAsync("both have Greek,");
    }

    [Fact]
    public async Task Too_few_characters_to_be_judged_by_are_found_before_training()
    {
        Parts();
        for (int character = 1; character <= 5; character++)
            Draw("images_background", "Greek", $"character{character:00}", 4);
        Draw("images_background", "Hebrew", "character01", 2);
        Draw("images_evaluation", "Tengwar", "character01", 6);
        await AssertErrorAsync("images_evaluation has 1 of the characters", "20 at least");
    }

    [Fact]
    public async Task An_empty_folder_name_is_an_error()
    {
        Assert.Equal(1, await RunAsync("--data", ""));
        Assert.Contains("--data is empty", _errors.ToString(), StringComparison.Ordinal);
    }

    private static IAnsiConsole PlainConsole(TextWriter? output = null) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(output ?? TextWriter.Null),
        Ansi = AnsiSupport.No,
        Interactive = InteractionSupport.No,
    });

    private async Task AssertErrorAsync(params string[] parts)
    {
        Assert.Equal(1, await RunAsync("--data", Data));
        Assert.StartsWith("error: ", _errors.ToString(), StringComparison.Ordinal);
        foreach (string part in parts)
            Assert.Contains(part, _errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    private Task<int> RunAsync(params string[] arguments) => InvokeAsync([.. arguments, "--out", Out, "--json", Json]);

    private Task<int> InvokeAsync(string[] arguments)
    {
        var application = new Application(PlainConsole(_shown), _errors);
        return CommandLine.Make(application.RunAsync, application.CompareAsync).Parse(arguments).InvokeAsync(
            new() { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Eight_losses_are_compared_on_a_page()
    {
        string page = Path.Combine(Path.GetDirectoryName(Out)!, "compared.md");
        Assert.Equal(0, await InvokeAsync(["compare", "--steps", "2", "--seeds", "1", "--markdown", page]));
        string text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains("compare --steps 2 --seeds 1", text, StringComparison.Ordinal);
        Assert.Equal(8, text.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('%', StringComparison.Ordinal)));
        Assert.Equal(8, _shown.ToString().Split('\n').Count(line => line.Contains("seed 1: 20-way", StringComparison.Ordinal)));
    }

    // A little of everything, as far as it is read before training.
    private void Parts()
    {
        Draw("images_background", "Bengali", "character01", 4);
        Draw("images_background", "Greek", "character01", 4);
        Draw("images_evaluation", "Tengwar", "character01", 4);
        Directory.CreateDirectory(Path.Combine(Data, "all_runs"));
    }

    private void Draw(string part, string alphabet, string character, int drawings)
    {
        string folder = Path.Combine(Data, part, alphabet, character);
        Directory.CreateDirectory(folder);
        var pixels = new byte[Side * Side];
        pixels.AsSpan().Fill(255);
        pixels.AsSpan(40 * Side, 30).Clear();
        for (int drawer = 1; drawer <= drawings; drawer++)
            File.WriteAllBytes(Path.Combine(folder, $"0001_{drawer:00}.pgm"), [.. Encoding.ASCII.GetBytes($"P5\n{Side} {Side}\n255\n"), .. pixels]);
    }
}
