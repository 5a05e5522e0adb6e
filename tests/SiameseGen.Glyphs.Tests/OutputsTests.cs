using Glyphs;
using Xunit;

namespace SiameseGen.Glyphs.Tests;

public sealed class OutputsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("glyphs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Checking_leaves_nothing_behind()
    {
        _ = new Outputs(Path.Combine(_folder, "new", "place"), Path.Combine(_folder, "figures", "all.json"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Checking_leaves_what_is_there_as_it_is()
    {
        string json = Path.Combine(_folder, "all.json");
        File.WriteAllText(json, "before");
        _ = new Outputs(_folder, json);
        Assert.Equal("before", File.ReadAllText(json));
        Assert.Equal([json], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Files_are_written_where_they_were_asked_for()
    {
        string json = Path.Combine(_folder, "figures", "all.json");
        var outputs = new Outputs(Path.Combine(_folder, "weights"), json);
        outputs.SaveWeights(path => File.WriteAllText(path, "weights"));
        outputs.SaveJson("{}"u8.ToArray());
        Assert.Equal("weights", File.ReadAllText(Path.Combine(_folder, "weights", "glyphs.safetensors")));
        Assert.Equal("{}", File.ReadAllText(json));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "figures")));
    }

    [Theory]
    [InlineData("file", null, "--out")]
    [InlineData("file/below", null, "--out")]
    [InlineData("out", "folder", "--json")]
    [InlineData("out", "file/all.json", "--json")]
    [InlineData("", null, "--out")]
    [InlineData("new", "new", "--json")]
    [InlineData("new/place", "new", "--json")]
    [InlineData("new", "new/glyphs.safetensors", "--json")]
    [InlineData("new", "new/glyphs.safetensors/all.json", "--json")]
    public void A_place_that_cannot_be_written_is_named(string place, string? json, string option)
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        UserErrorException error = Assert.Throws<UserErrorException>(
            () => new Outputs(place.Length == 0 ? "" : Path.Combine(_folder, place), json is null ? null : Path.Combine(_folder, json)));
        Assert.StartsWith(option, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder).Length);
    }
}
