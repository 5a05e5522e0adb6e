using Glyphs;
using Xunit;

namespace SiameseGen.Glyphs.Tests;

public class CommandLineTests
{
    [Fact]
    public void Without_options_the_defaults_are_taken()
    {
        (int code, GlyphOptions? options, _) = Parse();
        Assert.Equal(0, code);
        Assert.Equal(new GlyphOptions(), options);
    }

    [Fact]
    public void Every_option_is_read()
    {
        (int code, GlyphOptions? options, _) = Parse(
            "--data", "d", "--quick", "--epochs", "3", "--steps", "4", "--seed", "-5", "--seeds", "3", "--threads", "2", "--out", "o", "--json", "j.json");
        Assert.Equal(0, code);
        Assert.Equal(new GlyphOptions { Data = "d", Quick = true, Epochs = 3, Steps = 4, Seed = -5, Seeds = 3, Threads = 2, Out = "o", Json = "j.json" }, options);
    }

    [Theory]
    [InlineData("--steps is 0; it has to be 1 or more.", "--steps", "0")]
    [InlineData("--epochs is -1; it has to be 1 or more.", "--epochs", "-1")]
    [InlineData("--seeds is 0; it has to be 1 or more.", "--seeds", "0")]
    [InlineData("--threads is 0; it has to be 1 or more.", "--threads", "0")]
    [InlineData("--steps", "--steps", "many")]
    [InlineData("--seed", "--seed", "1.5")]
    [InlineData("--data", "--data")]
    [InlineData("--stepz", "--stepz", "3")]
    public void A_wrong_option_is_named_and_nothing_runs(string message, params string[] arguments)
    {
        (int code, GlyphOptions? options, string error) = Parse(arguments);
        Assert.NotEqual(0, code);
        Assert.Null(options);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_explains_every_option_and_runs_nothing()
    {
        (int code, GlyphOptions? options, string shown) = Parse("--help");
        Assert.Equal(0, code);
        Assert.Null(options);
        foreach (string option in new[] { "--data", "--quick", "--epochs", "--steps", "--seed", "--seeds", "--threads", "--out", "--json" })
            Assert.Contains(option, shown, StringComparison.Ordinal);
    }

    private static (int Code, GlyphOptions? Options, string Shown) Parse(params string[] arguments)
    {
        GlyphOptions? seen = null;
        using var shown = new StringWriter();
        int code = CommandLine.Make(
            (options, _) =>
            {
                seen = options;
                return Task.FromResult(0);
            },
            (_, _, _, _) => Task.FromResult(7)).Parse(arguments).Invoke(new() { Output = shown, Error = shown });
        return (code, seen, shown.ToString());
    }
}
