namespace SiameseGen.Images;

/// <summary>Sine and cosine of degrees by a series of our own: the C library's bits differ from system to system.</summary>
internal static class Angle
{
    // The first power left out is below 2⁻⁵³ of the result at an eighth of a turn.
    private const int LastPower = 16;

    /// <summary>Sine and cosine.</summary>
    /// <param name="degrees">An angle of a few turns at most.</param>
    /// <returns>Both, right to about 1e-12; exactly 0, 1 or −1 at multiples of 90°.</returns>
    public static (double Sin, double Cos) SinCos(double degrees)
    {
        // To the nearest quarter turn, and at most an eighth of a turn from it, where few terms do.
        double quarters = Math.Floor((degrees / 90) + 0.5);
        double x = (degrees - (90 * quarters)) * (Math.PI / 180), square = x * x;
        double sin = 1, cos = 1;
        for (int power = LastPower; power > 1; power -= 2)
        {
            // Taylor's series from the inside out: each term is the one before it times −x² / (n (n − 1)).
            sin = 1 - (square / (power * (power + 1)) * sin);
            cos = 1 - (square / (power * (power - 1)) * cos);
        }

        sin *= x;
        return ((long)quarters & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }
}
