using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SiameseGen.Kernels;

/// <summary>
/// Asks for memory a little before a kernel reads it here and there. By itself a processor foresees only reads that go on in order, and waits for any other line as
/// long as a hundred sums take. Where it cannot be asked, nothing happens.
/// </summary>
internal static class CacheLines
{
    private const int Length = 16;

    /// <summary>Asks for adjacent floats of each of so many places.</summary>
    /// <param name="first">The first float of the first place.</param>
    /// <param name="places">Places.</param>
    /// <param name="step">Floats from one place to the next.</param>
    /// <param name="count">Adjacent floats.</param>
    public static unsafe void Fetch(ref readonly float first, int places, nint step, int count)
    {
        if (!Sse.IsSupported)
            return;
        if (step == count)
        {
            count *= places;
            places = 1;
        }

        ref float from = ref Unsafe.AsRef(in first);
        for (nint place = 0; place < places; place++)
        {
            for (nint i = 0; i < count; i += Length)
                Sse.Prefetch1(Unsafe.AsPointer(ref Unsafe.Add(ref from, (place * step) + i)));
        }
    }
}
