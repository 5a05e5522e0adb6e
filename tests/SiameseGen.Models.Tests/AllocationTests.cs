using System.Globalization;
using Xunit;

namespace SiameseGen.Models.Tests;

public class AllocationTests
{
    [Fact]
    public async Task Training_steps_and_inference_allocate_nothing_on_any_thread()
    {
        // Compiled in full from the start: code that is compiled anew while it is measured allocates less than before, where the compiler finds objects that can lie on the stack.
        string[] lines = (await ChildProcess.RunAsync("DOTNET_TieredCompilation=0", "allocations")).Split('\n');
        Assert.Equal(13, lines.Length);
        Assert.StartsWith("control", lines[0], StringComparison.Ordinal);
        Assert.All(Bytes(lines[0]), bytes => Assert.InRange(bytes, 4000, 8000));
        Assert.All(lines.Skip(1), line => Assert.True(Bytes(line).All(bytes => bytes == 0), line));
    }

    private static long[] Bytes(string line) => [.. line.Split(": ")[1].Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
}
