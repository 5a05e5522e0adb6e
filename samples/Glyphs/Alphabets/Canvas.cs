using Glyphs.Pictures;

namespace Glyphs.Alphabets;

/// <summary>Paper to draw on with a round pen. Each pixel knows how far it is from the nearest line, so that edges are smooth.</summary>
internal sealed class Canvas
{
    private const int Side = Centring.CanvasSide;
    private readonly byte[] _ink = new byte[Side * Side];

    /// <summary>The paper row by row, 0 for paper to 255 for ink.</summary>
    public ReadOnlySpan<byte> Ink => _ink;

    /// <summary>Takes an empty sheet.</summary>
    public void Clear() => Array.Clear(_ink);

    /// <summary>Draws a line from point to point; a single point is a dot.</summary>
    /// <param name="path">The points, in pixels.</param>
    /// <param name="pen">The pen's radius in pixels.</param>
    public void Draw(List<Point> path, float pen)
    {
        if (path.Count == 1)
            Line(path[0], path[0], pen * 1.8f);
        for (int i = 1; i < path.Count; i++)
            Line(path[i - 1], path[i], pen);
    }

    private static int Pixel(float place) => (int)Math.Clamp(place, 0f, Side - 1f);

    private void Line(Point from, Point to, float pen)
    {
        float reach = pen + 0.5f;
        int left = Pixel(MathF.Min(from.X, to.X) - reach), right = Pixel(MathF.Max(from.X, to.X) + reach + 1f);
        int top = Pixel(MathF.Min(from.Y, to.Y) - reach), bottom = Pixel(MathF.Max(from.Y, to.Y) + reach + 1f);
        Point way = to - from;
        float square = (way.X * way.X) + (way.Y * way.Y);
        float inverse = square > 0f ? 1f / square : 0f;
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float dx = x - from.X, dy = y - from.Y;
                float along = Math.Clamp(((dx * way.X) + (dy * way.Y)) * inverse, 0f, 1f);
                dx -= along * way.X;
                dy -= along * way.Y;
                float distance = (dx * dx) + (dy * dy);
                if (distance >= reach * reach)
                    continue;
                byte ink = (byte)(255f * MathF.Min(reach - MathF.Sqrt(distance), 1f));
                ref byte pixel = ref _ink[(y * Side) + x];
                pixel = Math.Max(pixel, ink);
            }
        }
    }
}
