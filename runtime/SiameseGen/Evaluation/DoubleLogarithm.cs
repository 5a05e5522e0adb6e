namespace SiameseGen.Evaluation;

/// <summary>The natural logarithm in double precision, of additions, multiplications and one division: the same bits on every system, unlike the C library's.</summary>
internal static class DoubleLogarithm
{
    private const double Ln2 = 0.693147180559945309417, RootOfHalf = 0.707106781186547524401;
    private const int Terms = 13;

    /// <summary>The logarithm of a number, off by about one unit of the last place.</summary>
    /// <param name="value">A positive, finite, normal number.</param>
    public static double Of(double value)
    {
        // value = mantissa · 2^exponent with the mantissa within √½ … √2, where the series of artanh converges fast.
        int exponent = Math.ILogB(value) + 1;
        double mantissa = Math.ScaleB(value, -exponent);
        if (mantissa < RootOfHalf)
        {
            mantissa *= 2;
            exponent--;
        }

        double s = (mantissa - 1) / (mantissa + 1), square = s * s, sum = 0;
        for (int i = Terms; i >= 1; i--)
            sum = (sum + (1.0 / ((2 * i) + 1))) * square;
        return (exponent * Ln2) + (2 * s * (1 + sum));
    }
}
