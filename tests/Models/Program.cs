using System.Globalization;

namespace SiameseGen.Models;

/// <summary>What tests run in a process of its own: <c>hash THREADS</c> or <c>allocations</c>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["hash", string threads]:
                Console.WriteLine(TrainedBits.Hash(int.Parse(threads, CultureInfo.InvariantCulture)));
                return 0;
            case ["allocations"]:
                PrintAllocations();
                return 0;
            default:
                return 2;
        }
    }

    private static void PrintAllocations()
    {
        Print("control", AllocatedBytes.OfControl());
        Print("training SmallGlyphs", AllocatedBytes.OfTraining(new SmallGlyphs()));
        Print("training SmallPatches", AllocatedBytes.OfTraining(new SmallPatches()));
        Print("training SmallSensors", AllocatedBytes.OfTraining(new SmallSensors()));
        Print("training ClusterMargin, remembering", AllocatedBytes.OfTraining(new ClusterMargin(), remembered: 1500));
        Print("training ClusterWeightedL1", AllocatedBytes.OfTraining(new ClusterWeightedL1()));
        Print("training ViewsSimSiam", AllocatedBytes.OfTraining(new ViewsSimSiam()));
        Print("training WithSparseCenters", AllocatedBytes.OfTraining(new WithSparseCenters()));
        Print("inference SmallGlyphs", AllocatedBytes.OfInference<SmallGlyphs, SmallGlyphs.Embedding>(new SmallGlyphs()));
        Print("inference SmallPatches", AllocatedBytes.OfInference<SmallPatches, SmallPatches.Embedding>(new SmallPatches()));
        Print("inference SmallSensors", AllocatedBytes.OfInference<SmallSensors, SmallSensors.Embedding>(new SmallSensors()));
        Print("bulk SmallGlyphs", AllocatedBytes.OfBulk(new SmallGlyphs()));
        Print("bulk SmallSensors", AllocatedBytes.OfBulk(new SmallSensors()));
    }

    private static void Print(string what, params long[] bytes) => Console.WriteLine($"{what}: {string.Join(' ', bytes)}");
}
