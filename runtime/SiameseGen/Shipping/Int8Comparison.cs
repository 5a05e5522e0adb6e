namespace SiameseGen.Shipping;

/// <summary>Comparisons of two embeddings of 8-bit codes. Results are whole numbers, the same on every machine: 0 for equal embeddings, the larger the less alike.</summary>
public static class Int8Comparison
{
    /// <summary>What <see cref="Cosine"/> gives for embeddings at a right angle.</summary>
    public const int RightAngle = 1 << 15;

    /// <summary>2^15 − ⌊2^19 · product / ⌊√(2^8 · squares)⌋⌋ of the codes less their zero, which is 2^15 · (1 − cosine), the quotient rounded towards 0.</summary>
    /// <param name="left">The codes of one embedding, at most 2,048.</param>
    /// <param name="right">The codes of the other, as many.</param>
    /// <param name="zero">The code for 0.</param>
    /// <returns>From 0 to 2^16; 2^15 if one of the embeddings has no length.</returns>
    public static int Cosine(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, int zero)
    {
        int product = 0, leftSquare = 0, rightSquare = 0;
        for (int i = 0; i < left.Length; i++)
        {
            int l = left[i] - zero, r = right[i] - zero;
            product += l * r;
            leftSquare += l * l;
            rightSquare += r * r;
        }

        if (leftSquare == 0 || rightSquare == 0)
            return RightAngle;
        long root = SquareRoot((ulong)((long)leftSquare * rightSquare) << 8);
        return RightAngle - (int)Math.Clamp(((long)product << 19) / root, -RightAngle, RightAngle);
    }

    /// <summary>The sum of the squares of the differences.</summary>
    /// <param name="left">The codes of one embedding, at most 2,048.</param>
    /// <param name="right">The codes of the other, as many.</param>
    public static int SquaredEuclidean(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        int sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        return sum;
    }

    /// <summary>The sum of the differences' absolute values.</summary>
    /// <param name="left">The codes of one embedding.</param>
    /// <param name="right">The codes of the other, as many.</param>
    public static int Manhattan(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        int sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += Math.Abs(left[i] - right[i]);
        return sum;
    }

    // The largest whole number whose square is at most the value, bit by bit.
    private static long SquareRoot(ulong value)
    {
        ulong root = 0;
        for (ulong bit = 1UL << 62; bit != 0; bit >>= 2)
        {
            if (value >= root + bit)
            {
                value -= root + bit;
                root = (root >> 1) + bit;
            }
            else
            {
                root >>= 1;
            }
        }

        return (long)root;
    }
}
