using System.Runtime.Versioning;
using SiameseGen.Persistence;
using SiameseGen.Search;
using SiameseGen.Tests.Search;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Tests.Persistence;

/// <summary>What a file is besides its content stays as it was when it is replaced.</summary>
[UnsupportedOSPlatform("windows")] // where each is skipped
public sealed class AtomicFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Owner)]
    [InlineData(Owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)] // more than a mask lets through
    [InlineData(UnixFileMode.UserRead)]
    public void A_file_that_is_replaced_keeps_its_mode(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no modes.");
        string path = _folder.File("weights");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, mode);
        foreach (bool isPrivate in (bool[])[false, true])
        {
            AtomicFile.Write(path, stream => stream.WriteByte((byte)'n'), isPrivate);
            Assert.Equal((mode, "n"), (File.GetUnixFileMode(path), File.ReadAllText(path)));
        }
    }

    [Fact]
    public void A_new_file_of_templates_is_for_its_owner_from_the_start()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no modes.");
        string path = _folder.File("templates");
        AtomicFile.Write(path, _ => Assert.Equal(Owner, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_folder.FullName)))), isPrivate: true);
        Assert.Equal(Owner, File.GetUnixFileMode(path));

        File.WriteAllText(_folder.File("plain"), "");
        AtomicFile.Write(_folder.File("weights"), _ => { });
        Assert.Equal(File.GetUnixFileMode(_folder.File("plain")), File.GetUnixFileMode(_folder.File("weights")));

        new NamedGallery<Embedding<Length3>>(DistanceMetric.Euclidean, new string('a', 64)).Save(_folder.File("gallery"));
        Assert.Equal(Owner, File.GetUnixFileMode(_folder.File("gallery")));
        var calibration = Calibration.Of(new([0f], [1f]), CalibrationTarget.Accuracy, new string('a', 64));
        VerifierFile.Save(_folder.File("door"), "", calibration, []);
        Assert.Equal(Owner, File.GetUnixFileMode(_folder.File("door")));
        calibration.Save(_folder.File("threshold"));
        Assert.Equal(File.GetUnixFileMode(_folder.File("plain")), File.GetUnixFileMode(_folder.File("threshold")));
    }

    [Fact]
    public void What_a_symbolic_link_leads_to_is_replaced_and_the_link_is_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a right that few have.");
        string folder = Directory.CreateDirectory(_folder.File("elsewhere")).FullName, file = Path.Combine(folder, "file"), inner = Path.Combine(folder, "inner"), outer = _folder.File("outer");
        File.CreateSymbolicLink(inner, "file");
        File.CreateSymbolicLink(outer, Path.Combine("elsewhere", "inner"));
        foreach (string content in (string[])["first", "second"])
        {
            // The first makes the file that the link leads to.
            AtomicFile.Write(outer, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(content)));
            Assert.Equal(("file", Path.Combine("elsewhere", "inner"), null), (new FileInfo(inner).LinkTarget, new FileInfo(outer).LinkTarget, new FileInfo(file).LinkTarget));
            Assert.Equal(content, File.ReadAllText(file));
            Assert.Equal([file, inner], Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal));
        }

        File.CreateSymbolicLink(_folder.File("circle"), "circle");
        Assert.Throws<IOException>(() => AtomicFile.Write(_folder.File("circle"), _ => { }));
    }
}
