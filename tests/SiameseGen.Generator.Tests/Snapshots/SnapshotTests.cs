using Xunit;

namespace SiameseGen.Generator.Tests.Snapshots;

public class SnapshotTests
{
    [Fact]
    public void The_first_difference_is_told()
    {
        Assert.Equal("line 2 differs\n  verified: b\n  received: x", Snapshot.Difference("a\nb\nc", "a\nx\nc"));
        Assert.Equal("line 2 differs\n  verified: (end of file)\n  received: b", Snapshot.Difference("a", "a\nb"));
    }
}
