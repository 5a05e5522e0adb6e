namespace SiameseGen.Models;

internal static class Program
{
    private static int Main(string[] arguments) => arguments.Length;
}
