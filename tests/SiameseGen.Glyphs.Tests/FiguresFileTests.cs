using System.Text.Json;
using Glyphs;
using Xunit;

namespace SiameseGen.Glyphs.Tests;

public class FiguresFileTests
{
    [Fact]
    public void All_figures_are_in_the_file()
    {
        Figures figures = Measured(seed: 7, 0.91);
        using JsonDocument json = JsonDocument.Parse(FiguresFile.Write([figures]));
        var expected = new Dictionary<string, double>
        {
            ["seed"] = 7,
            ["steps"] = 20,
            ["parameters"] = 115_840,
            ["drawingsSeen"] = 3200,
            ["trainSeconds"] = 1.5,
            ["heldOut20way1shot"] = 0.9,
            ["lake20way1shot"] = 0.91,
            ["viewsLake20way1shot"] = 0.915,
            ["oneShot5way"] = 0.92,
            ["oneShot20way"] = 0.93,
            ["fiveShot5way"] = 0.94,
            ["fiveShot20way"] = 0.95,
            ["eer"] = 0.06,
            ["auc"] = 0.97,
            ["verificationAccuracy"] = 0.98,
            ["rawPixelsLake20way1shot"] = 0.1,
            ["rawPixelsOneShot20way"] = 0.3,
            ["rawPixelsEer"] = 0.4,
        };
        foreach ((string key, double value) in expected)
            Assert.Equal(value, json.RootElement.GetProperty(key).GetDouble());
        Assert.Equal("some data", json.RootElement.GetProperty("data").GetString());
        Assert.Equal("how", json.RootElement.GetProperty("protocols").GetProperty("eer").GetString());
    }

    [Fact]
    public void Of_several_trainings_there_are_mean_deviation_and_all_of_them()
    {
        using JsonDocument json = JsonDocument.Parse(FiguresFile.Write([Measured(1, 0.91), Measured(2, 0.94), Measured(3, 0.94)]));
        Assert.Equal(0.93, json.RootElement.GetProperty("mean").GetProperty("lake20way1shot").GetDouble(), 1e-12);
        Assert.Equal(Math.Sqrt(0.0003), json.RootElement.GetProperty("deviation").GetProperty("lake20way1shot").GetDouble(), 1e-12);
        Assert.Equal(0.915, json.RootElement.GetProperty("mean").GetProperty("viewsLake20way1shot").GetDouble(), 1e-12);
        Assert.Equal([1, 2, 3], json.RootElement.GetProperty("trainings").EnumerateArray().Select(training => training.GetProperty("seed").GetInt32()));
    }

    private static Figures Measured(int seed, double runs)
    {
        var network = new Score(0.9, runs, 0.92, 0.93, 0.94, 0.95, 0.06, 0.97, 0.98);
        var pixels = new Score(0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.4, 0.7, 0.6);
        return new Figures(
            "some data", "lake20way1shot", "Lake's runs", new GlyphOptions { Seed = seed }, 115_840, 20, 3200, TimeSpan.FromSeconds(1.5), network,
            network with { Runs = 0.915 }, pixels, new Dictionary<string, string> { ["eer"] = "how" });
    }
}
