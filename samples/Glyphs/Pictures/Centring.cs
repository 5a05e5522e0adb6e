namespace Glyphs.Pictures;

/// <summary>
/// Moves a drawing's ink to the middle and brings it closer to a common size, because where and how large somebody drew a character says nothing
/// about which character it is.
/// </summary>
/// <remarks>
/// A square window is laid around the middle of the ink's bounding box. It grows with the ink, but more slowly: a dot stays smaller than a letter.
/// Its width is the geometric mean of three parts the ink's own size and one part a typical size, ⁴√(typical · size³), written with square
/// roots, which give the same bits everywhere.
/// </remarks>
internal static class Centring
{
    /// <summary>Rows and columns of a drawing as it comes, as Omniglot has them.</summary>
    public const int CanvasSide = 105;

    private const float TypicalWindow = 80f;
    private const float SmallestInk = 25f;
    private const int InputSide = 48;

    // How far a pixel of the canvas reaches at least; else the pixels of the encoder's input, not those of the kept drawing, say how smooth it has to be.
    private const float SmallestReach = 1f;

    /// <summary>Resamples the window around the ink.</summary>
    /// <param name="canvas"><see cref="CanvasSide"/>² values, 0 for paper to 255 for ink.</param>
    /// <param name="destination">Receives <see cref="DrawingSet.Side"/>² values.</param>
    /// <returns>Whether there is any ink; without, the destination is all paper.</returns>
    public static bool Centre(ReadOnlySpan<byte> canvas, Span<byte> destination)
    {
        if (canvas.Length != CanvasSide * CanvasSide || destination.Length != DrawingSet.Side * DrawingSet.Side)
            throw new ArgumentException($"A canvas of {canvas.Length} values does not become a drawing of {destination.Length}.");
        if (Box.Around(canvas) is not { } ink)
        {
            destination.Clear();
            return false;
        }

        float window = WindowWidth(Math.Max(ink.Right - ink.Left, ink.Bottom - ink.Top));
        Resample(canvas, new Axis(ink.Left, ink.Right, window), new Axis(ink.Top, ink.Bottom, window), destination);
        return true;
    }

    /// <summary>The width of the window for ink of a size.</summary>
    /// <param name="inkSide">The longer side of the ink's bounding box, in pixels.</param>
    public static float WindowWidth(int inkSide)
    {
        float size = (1.15f * MathF.Max(inkSide, SmallestInk)) + 3f;
        return MathF.Sqrt(size * MathF.Sqrt(TypicalWindow * size));
    }

    private static void Resample(ReadOnlySpan<byte> canvas, Axis across, Axis down, Span<byte> destination)
    {
        const int side = DrawingSet.Side;
        Span<float> narrowed = stackalloc float[CanvasSide * side];
        Span<float> weights = stackalloc float[Axis.MostPixels];
        for (int x = 0; x < side; x++)
        {
            int first = across.Weigh(x, weights, out int pixels);
            for (int y = down.Start; y < down.End; y++)
            {
                float sum = 0f;
                ReadOnlySpan<byte> row = canvas.Slice((y * CanvasSide) + first, pixels);
                for (int i = 0; i < row.Length; i++)
                    sum += weights[i] * row[i];
                narrowed[(y * side) + x] = sum;
            }
        }

        for (int y = 0; y < side; y++)
        {
            int first = down.Weigh(y, weights, out int pixels);
            for (int x = 0; x < side; x++)
            {
                float sum = 0.5f;
                for (int i = 0; i < pixels; i++)
                    sum += weights[i] * narrowed[((first + i) * side) + x];
                destination[(y * side) + x] = (byte)MathF.Min(sum, 255f);
            }
        }
    }

    // Where the pixels of the kept drawing lie on the canvas along one axis, and how much of which pixels they take: a tent around the place.
    // Only pixels between the first and the last ink matter; all others are paper.
    private readonly struct Axis(int start, int end, float window)
    {
        public const int MostPixels = 16;
        private readonly float _first = ((start + end) / 2f) - (window / 2f);
        private readonly float _step = window / DrawingSet.Side;
        private readonly float _reach = MathF.Max(SmallestReach, window / InputSide);

        public int Start => start;

        public int End => end;

        /// <summary>Writes the weights of the canvas's pixels for one place and returns the first of them.</summary>
        public int Weigh(int place, Span<float> weights, out int pixels)
        {
            float centre = _first + ((place + 0.5f) * _step) - 0.5f;
            int low = (int)MathF.Ceiling(centre - _reach), high = (int)MathF.Floor(centre + _reach);
            float all = 0f;
            for (int at = low; at <= high; at++)
                all += _reach - MathF.Abs(at - centre);
            int first = Math.Max(low, start), last = Math.Min(high, end - 1);
            pixels = Math.Max(0, last - first + 1);
            for (int i = 0; i < pixels; i++)
                weights[i] = (_reach - MathF.Abs(first + i - centre)) / all;
            return pixels == 0 ? start : first;
        }
    }

    private readonly record struct Box(int Left, int Top, int Right, int Bottom)
    {
        // Right and bottom are the first column and row after the ink.
        public static Box? Around(ReadOnlySpan<byte> canvas)
        {
            var box = new Box(CanvasSide, CanvasSide, 0, 0);
            for (int y = 0; y < CanvasSide; y++)
            {
                ReadOnlySpan<byte> row = canvas.Slice(y * CanvasSide, CanvasSide);
                int left = row.IndexOfAnyExcept((byte)0);
                if (left < 0)
                    continue;
                int right = row.LastIndexOfAnyExcept((byte)0) + 1;
                box = new Box(Math.Min(box.Left, left), Math.Min(box.Top, y), Math.Max(box.Right, right), y + 1);
            }

            return box.Right == 0 ? null : box;
        }
    }
}
