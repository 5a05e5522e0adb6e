using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>The functions that compare and decide.</summary>
internal static class CComparison
{
    /// <summary>What a score is, as the header says it.</summary>
    /// <param name="comparison">How embeddings are compared.</param>
    public static string Meaning(IntegerComparison comparison) => comparison switch
    {
        IntegerComparison.Cosine => "2^15 times 1 less the cosine of their angle, 0 to 2^16",
        IntegerComparison.SquaredEuclidean => "the sum of the squares of their differences",
        _ => "the sum of their differences",
    };

    /// <summary>The functions.</summary>
    /// <param name="program">The program.</param>
    public static string Of(CProgram program) => Code.Blocks(
    [
        program.Integers.Comparison switch
        {
            IntegerComparison.Cosine => Cosine(program.EmbeddingZero),
            IntegerComparison.SquaredEuclidean => Sum("    difference *= difference;"),
            _ => Sum("    if (difference < 0)\n        difference = -difference;"),
        },
        Verify,
    ]);

    private static string Cosine(int zero) => $$"""
        /* The largest whole number whose square is at most the value, bit by bit. */
        static uint64_t @_root(uint64_t value)
        {
            uint64_t root = 0, bit;
            for (bit = (uint64_t)1 << 62; bit != 0; bit >>= 2) {
                if (value >= root + bit) {
                    value -= root + bit;
                    root = (root >> 1) + bit;
                } else {
                    root >>= 1;
                }
            }
            return root;
        }

        int32_t @_score(const int8_t *left, const int8_t *right)
        {
            int32_t product = 0, left_square = 0, right_square = 0, quotient = 0, bit, i;
            uint64_t rest, divisor;
            for (i = 0; i < @@_TEMPLATE_LENGTH; i++) {
                int32_t l = (int32_t)left[i] - {{CText.Macro(zero)}}, r = (int32_t)right[i] - {{CText.Macro(zero)}};
                product += l * r;
                left_square += l * l;
                right_square += r * r;
            }
            if (left_square == 0 || right_square == 0)
                return 32768;

            /* A long division, because small processors cannot divide numbers of 64 bits; the quotient has 16 bits. */
            divisor = @_root(((uint64_t)left_square * (uint64_t)right_square) << 8);
            rest = (uint64_t)(product < 0 ? -product : product) << 19;
            for (bit = 15; bit >= 0; bit--) {
                if (rest >= divisor << bit) {
                    rest -= divisor << bit;
                    quotient |= (int32_t)1 << bit;
                }
            }
            if (quotient > 32768)
                quotient = 32768;
            return product < 0 ? 32768 + quotient : 32768 - quotient;
        }
        """;

    private static string Sum(string term) => $$"""
        int32_t @_score(const int8_t *left, const int8_t *right)
        {
            int32_t sum = 0, i;
            for (i = 0; i < @@_TEMPLATE_LENGTH; i++) {
                int32_t difference = (int32_t)left[i] - right[i];
        {{Code.Indent(term, 1)}}
                sum += difference;
            }
            return sum;
        }
        """;

    private const string Verify = """
        @_verdict @_verify(const int8_t *enrolled, const int8_t *claimed)
        {
            int32_t score = @_score(enrolled, claimed);
            return score <= @@_THRESHOLD_SCORE ? @@_MATCH : score <= @@_UNSURE_SCORE ? @@_UNSURE : @@_NO_MATCH;
        }
        """;
}
