namespace SiameseGen.Compiler.Planning;

/// <summary>Lays out an arena: values whose lives do not overlap share space, and what may be computed in place is.</summary>
internal static class MemoryPlanner
{
    // Floats: a cache line, so that rows start where vectors load fastest.
    private const int Alignment = 16;

    /// <summary>Rounds up to whole cache lines.</summary>
    /// <param name="length">Floats.</param>
    public static long Align(long length) => (length + Alignment - 1) / Alignment * Alignment;

    /// <summary>Places every value that is written.</summary>
    /// <param name="steps">What happens, in order; each value is written once, before it is read.</param>
    public static MemoryPlan Plan(IReadOnlyList<MemoryStep> steps)
    {
        List<MemoryBuffer> buffers = FindBuffers(steps);
        long common = 0;
        foreach (MemoryBuffer buffer in buffers.Where(buffer => buffer.IsCommon))
        {
            Place(buffer, common);
            common += Align(buffer.Length);
        }

        return new MemoryPlan(steps, buffers, common, PlaceShared([.. buffers.Where(buffer => !buffer.IsCommon)], common));
    }

    private static List<MemoryBuffer> FindBuffers(IReadOnlyList<MemoryStep> steps)
    {
        Dictionary<MemoryValue, int> lastUse = [];
        for (int time = 0; time < steps.Count; time++)
        {
            foreach (MemoryValue value in steps[time].Writes.Concat(steps[time].Reads))
                lastUse[value] = time;
        }

        List<MemoryBuffer> buffers = [];
        for (int time = 0; time < steps.Count; time++)
        {
            IReadOnlyList<MemoryValue> written = steps[time].Writes;
            for (int i = 0; i < written.Count; i++)
            {
                MemoryValue value = written[i];
                MemoryValue? replaced = i > 0 ? null : steps[time].MayReplace.FirstOrDefault(other => other.Length == value.Length && lastUse[other] == time);
                if (replaced is not null)
                {
                    int at = buffers.FindIndex(buffer => buffer.Values.Contains(replaced));
                    buffers[at] = new MemoryBuffer([.. buffers[at].Values, value], buffers[at].Start, lastUse[value]);
                }
                else
                {
                    buffers.Add(new MemoryBuffer([value], time, lastUse[value]));
                }
            }
        }

        return buffers;
    }

    // First fit, the largest first; the order is a function of the plan alone.
    private static long PlaceShared(IReadOnlyList<MemoryBuffer> buffers, long start)
    {
        List<(MemoryBuffer Buffer, long Offset)> placed = [];
        long end = start;
        foreach (MemoryBuffer buffer in buffers.OrderByDescending(buffer => buffer.Length).ThenBy(buffer => buffer.Start))
        {
            long offset = start;
            foreach ((MemoryBuffer other, long taken) in placed.Where(other => Overlap(other.Buffer, buffer)).OrderBy(other => other.Offset))
            {
                if (offset + Align(buffer.Length) <= taken)
                    break;
                offset = Math.Max(offset, taken + Align(other.Length));
            }

            Place(buffer, offset);
            placed.Add((buffer, offset));
            end = Math.Max(end, offset + Align(buffer.Length));
        }

        return end;
    }

    private static bool Overlap(MemoryBuffer a, MemoryBuffer b) => a.Start <= b.End && b.Start <= a.End;

    // An arena that is too large to address is reported by its length; where values would lie in it does not matter any more.
    private static void Place(MemoryBuffer buffer, long offset)
    {
        foreach (MemoryValue value in buffer.Values)
            value.Offset = unchecked((int)offset);
    }
}
