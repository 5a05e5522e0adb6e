namespace SiameseGen.Search;

/// <summary>
/// The k nearest rows seen so far, as a heap whose first is the worst of them: a row that is not nearer costs one comparison, and nothing is ever sorted but
/// the k at the end. Of rows equally near the lower index is the better one.
/// </summary>
internal static class NearestHeap
{
    /// <summary>Takes a row if there is still room or it is nearer than the worst.</summary>
    /// <param name="heap">Room for k rows.</param>
    /// <param name="count">Rows in the heap.</param>
    /// <param name="row">The row; higher than all that were offered before.</param>
    /// <returns>What a later row has to be nearer than: infinity while there is room.</returns>
    public static float Offer(Span<Neighbor> heap, ref int count, Neighbor row)
    {
        if (count < heap.Length)
        {
            int at = count++;
            for (int parent = (at - 1) / 2; at > 0 && IsWorse(row, heap[parent]); at = parent, parent = (at - 1) / 2)
                heap[at] = heap[parent];
            heap[at] = row;
        }
        else if (row.Distance < heap[0].Distance)
        {
            Sink(heap, row);
        }

        return count < heap.Length ? float.PositiveInfinity : heap[0].Distance.Value;
    }

    /// <summary>Turns the heap into a list, nearest first.</summary>
    /// <param name="heap">All rows of the heap and nothing else.</param>
    public static void Sort(Span<Neighbor> heap)
    {
        for (int last = heap.Length - 1; last > 0; last--)
        {
            Neighbor displaced = heap[last];
            heap[last] = heap[0];
            Sink(heap[..last], displaced);
        }
    }

    // Puts a row in the place of the first one, which falls out.
    private static void Sink(Span<Neighbor> heap, Neighbor row)
    {
        int at = 0;
        for (int child = 1; child < heap.Length; at = child, child = (2 * at) + 1)
        {
            if (child + 1 < heap.Length && IsWorse(heap[child + 1], heap[child]))
                child++;
            if (!IsWorse(heap[child], row))
                break;
            heap[at] = heap[child];
        }

        heap[at] = row;
    }

    private static bool IsWorse(Neighbor left, Neighbor right) =>
        left.Distance > right.Distance || (left.Distance == right.Distance && left.Index > right.Index);
}
