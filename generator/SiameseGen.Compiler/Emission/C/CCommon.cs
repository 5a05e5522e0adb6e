using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>What several kinds of steps have in common.</summary>
internal static class CCommon
{
    /// <summary>What some steps need.</summary>
    /// <param name="steps">All steps.</param>
    public static string Of(IReadOnlyList<CStep> steps)
    {
        bool Has(params IntegerKind[] kinds) => steps.Any(step => kinds.Contains(step.Step.Kind));
        return Code.Blocks(
        [
            Has(IntegerKind.Convolution, IntegerKind.MeanPool, IntegerKind.Sum, IntegerKind.ChannelProduct) ? Codes : "",
            Has(IntegerKind.Convolution, IntegerKind.MeanPool, IntegerKind.ChannelProduct) ? OneCode : "",
            Has(IntegerKind.Convolution, IntegerKind.MaximumPool) ? Raise : "",
            Has(IntegerKind.Convolution, IntegerKind.MaximumPool, IntegerKind.MeanPool) ? Side : "",
        ]);
    }

    private const string Codes = """
        /* Shifts to the right must keep the sign; a compiler whose shifts do not stops here. */
        typedef char @_shifts_keep_the_sign[(-1 >> 1) == -1 ? 1 : -1];

        /* How sums become 8-bit codes, and the code outside of an image. */
        typedef struct {
            int8_t shift, border, zero, low;
        } @_codes;
        """;

    private const string OneCode = """
        static int8_t @_code(int32_t sum, int32_t multiplier, const @_codes *codes)
        {
            int64_t code = codes->zero + (((int64_t)sum * multiplier + ((int64_t)1 << (codes->shift - 1))) >> codes->shift);
            return (int8_t)(code < codes->low ? codes->low : code > 127 ? 127 : code);
        }
        """;

    private const string Raise = """
        static void @_raise(int8_t *largest, int8_t code)
        {
            if (code > *largest)
                *largest = code;
        }
        """;

    private const string Side = """
        /* A kernel or window along one side of an image. */
        typedef struct {
            int16_t size, taps, stride, dilation, border, places;
        } @_side;

        /* Where in the image a tap is at one of the places; negative outside of it. */
        static int32_t @_place(const @_side *side, int32_t place, int32_t tap)
        {
            int32_t at = place * side->stride + tap * side->dilation - side->border;
            return at < side->size ? at : -1;
        }
        """;
}
