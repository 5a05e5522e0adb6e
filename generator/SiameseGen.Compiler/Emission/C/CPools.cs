using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>The functions of pooling that is no part of a convolution.</summary>
internal static class CPools
{
    /// <summary>The functions that some steps need.</summary>
    /// <param name="steps">All steps.</param>
    public static string Of(IReadOnlyList<CStep> steps)
    {
        bool hasMaximum = steps.Any(step => step.Step.Kind == IntegerKind.MaximumPool), hasMean = steps.Any(step => step.Step.Kind == IntegerKind.MeanPool);
        return Code.Blocks([hasMaximum || hasMean ? Shape : "", hasMaximum ? Maximum : "", hasMean ? Mean : ""]);
    }

    private const string Shape = """
        /* A window and the places that it comes to lie at. */
        typedef struct {
            @_side down, across;
            int32_t channels;
        } @_window;
        """;

    private const string Maximum = """
        static void @_maximum(const @_window *w, const int8_t *input, int8_t *output)
        {
            int32_t row, column, y, x, channel;
            for (row = 0; row < w->down.places; row++) {
                for (column = 0; column < w->across.places; column++, output += w->channels) {
                    memset(output, -128, (size_t)w->channels);
                    for (y = 0; y < w->down.taps; y++) {
                        for (x = 0; x < w->across.taps; x++) {
                            int32_t i = @_place(&w->down, row, y), j = @_place(&w->across, column, x);
                            if (i < 0 || j < 0)
                                continue;
                            for (channel = 0; channel < w->channels; channel++)
                                @_raise(output + channel, input[(i * w->across.size + j) * w->channels + channel]);
                        }
                    }
                }
            }
        }
        """;

    private const string Mean = """
        static void @_mean(const @_window *w, const @_codes *codes, int32_t multiplier, int32_t bias, const int8_t *input, int8_t *output)
        {
            int32_t row, column, y, x, channel;
            for (row = 0; row < w->down.places; row++) {
                for (column = 0; column < w->across.places; column++) {
                    for (channel = 0; channel < w->channels; channel++) {
                        int32_t sum = bias;
                        for (y = 0; y < w->down.taps; y++) {
                            for (x = 0; x < w->across.taps; x++) {
                                int32_t i = @_place(&w->down, row, y), j = @_place(&w->across, column, x);
                                sum += i < 0 || j < 0 ? codes->border : input[(i * w->across.size + j) * w->channels + channel];
                            }
                        }
                        *output++ = @_code(sum, multiplier, codes);
                    }
                }
            }
        }
        """;
}
