using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>The functions that treat each value for itself.</summary>
internal static class CElements
{
    /// <summary>The functions that some steps need.</summary>
    /// <param name="steps">All steps.</param>
    public static string Of(IReadOnlyList<CStep> steps)
    {
        bool Has(IntegerKind kind) => steps.Any(step => step.Step.Kind == kind);
        return Code.Blocks([Has(IntegerKind.Sum) ? Sum : "", Has(IntegerKind.ChannelProduct) ? Product : "", Has(IntegerKind.Table) ? Table : ""]);
    }

    private const string Sum = """
        static void @_add(const @_codes *codes, int32_t left_multiplier, int32_t right_multiplier, int32_t bias,
            const int8_t *left, const int8_t *right, int8_t *output, int32_t length)
        {
            int32_t i, rounded = bias + ((int32_t)1 << (codes->shift - 1));
            for (i = 0; i < length; i++) {
                int32_t code = codes->zero + ((left[i] * left_multiplier + right[i] * right_multiplier + rounded) >> codes->shift);
                output[i] = (int8_t)(code < codes->low ? codes->low : code > 127 ? 127 : code);
            }
        }
        """;

    private const string Product = """
        /* Each value times the other branch's value for its channel. */
        static void @_multiply(const @_codes *codes, int32_t multiplier, int32_t input_bias, int32_t gate_bias,
            const int8_t *input, const int8_t *gates, int8_t *output, int32_t length, int32_t channels)
        {
            int32_t i, channel;
            for (i = 0; i < length; i += channels) {
                for (channel = 0; channel < channels; channel++)
                    output[i + channel] = @_code((input[i + channel] + input_bias) * (gates[channel] + gate_bias), multiplier, codes);
            }
        }
        """;

    private const string Table = """
        /* Another code for each code, from a table for all channels or for each of them. */
        static void @_map(const int8_t *table, int32_t channels, const int8_t *input, int8_t *output, int32_t length)
        {
            int32_t i, channel;
            for (i = 0; i < length; i += channels) {
                for (channel = 0; channel < channels; channel++)
                    output[i + channel] = table[channel * 256 + input[i + channel] + 128];
            }
        }
        """;
}
