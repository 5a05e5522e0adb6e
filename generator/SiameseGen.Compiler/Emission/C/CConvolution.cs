using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>The functions of convolutions, dense layers among them.</summary>
internal static class CConvolution
{
    /// <summary>The functions that some steps need.</summary>
    /// <param name="steps">All steps.</param>
    public static string Of(IReadOnlyList<CStep> steps)
    {
        CStep[] convolutions = [.. steps.Where(step => step.Step.Kind == IntegerKind.Convolution)];
        if (convolutions.Length == 0)
            return "";
        bool hasPatches = convolutions.Any(step => step.Patch is not null);
        bool hasDepthwise = convolutions.Any(step => step.Step.IsDepthwise), hasOthers = convolutions.Any(step => !step.Step.IsDepthwise);
        string apply = !hasOthers ? "@_apply_each(c, input, i, j, output, patch);"
            : !hasDepthwise ? "@_apply(c, input, i, j, output, patch);"
            : """
            if (c->groups == c->channels && c->groups == c->filters)
                @_apply_each(c, input, i, j, output, patch);
            else
                @_apply(c, input, i, j, output, patch);
            """;
        return Code.Blocks([Shape, hasPatches ? Gather : "", hasOthers ? Apply(hasPatches) : "", hasDepthwise ? ApplyEach(hasPatches) : "", Places(apply)]);
    }

    private const string Shape = """
        /* A convolution, and the maximum pooling after it: of one place each where there is none. */
        typedef struct {
            @_side down, across, pool_down, pool_across;
            int32_t channels, filters, groups;
            @_codes codes;
            const int8_t *weights; /* [filter][row][column][channel of the group] */
            const int32_t *multipliers, *biases;
        } @_convolution;
        """;

    private const string Gather = """
        /* Brings together the codes under the kernel, with those of the border where there is no image. */
        static void @_gather(const @_convolution *c, const int8_t *input, int32_t row, int32_t column, int32_t channels, int8_t *patch)
        {
            int32_t y, x;
            for (y = 0; y < c->down.taps; y++) {
                int32_t i = @_place(&c->down, row, y);
                for (x = 0; x < c->across.taps; x++, patch += channels) {
                    int32_t j = @_place(&c->across, column, x);
                    if (i >= 0 && j >= 0)
                        memcpy(patch, input + (i * c->across.size + j) * c->channels, (size_t)channels);
                    else
                        memset(patch, c->codes.border, (size_t)channels);
                }
            }
        }
        """;

    // A kernel of one pixel that never leaves the image reads in place.
    private static string Find(bool hasPatches, string first, string channels)
    {
        const string inPlace = "(@_place(&c->down, row, 0) * c->across.size + @_place(&c->across, column, 0)) * c->channels";
        string direct = $"x = input + {inPlace}{first};";
        return !hasPatches ? direct : $$"""
            x = patch;
            if (patch)
                @_gather(c, input{{first}}, row, column, {{channels}}, patch);
            else
                {{direct}}
            """;
    }

    private static string Unused(bool hasPatches) => hasPatches ? "" : "\n    (void)patch;";

    private static string Apply(bool hasPatches) => $$"""
        /* Computes all filters at one place, and keeps what is larger than the output so far. */
        static void @_apply(const @_convolution *c, const int8_t *input, int32_t row, int32_t column, int8_t *output, int8_t *patch)
        {
            int32_t channels = c->channels / c->groups, filters = c->filters / c->groups, depth = c->down.taps * c->across.taps * channels;
            int32_t first, filter, i;
            const int8_t *x, *w = c->weights;{{Unused(hasPatches)}}
            for (first = 0; first < c->filters; first += filters) {
        {{Code.Indent(Find(hasPatches, " + first / filters * channels", "channels"), 2)}}
                for (filter = first; filter < first + filters; filter++, w += depth) {
                    int32_t sum = c->biases[filter];
                    for (i = 0; i < depth; i++)
                        sum += x[i] * w[i];
                    @_raise(output + filter, @_code(sum, c->multipliers[filter], &c->codes));
                }
            }
        }
        """;

    private static string ApplyEach(bool hasPatches) => $$"""
        /* The same where each channel has a filter of its own. */
        static void @_apply_each(const @_convolution *c, const int8_t *input, int32_t row, int32_t column, int8_t *output, int8_t *patch)
        {
            int32_t taps = c->down.taps * c->across.taps, channels = c->channels, channel, i;
            const int8_t *x, *w = c->weights;{{Unused(hasPatches)}}
        {{Code.Indent(Find(hasPatches, "", "channels"), 1)}}
            for (channel = 0; channel < channels; channel++, x++, w += taps) {
                int32_t sum = c->biases[channel];
                for (i = 0; i < taps; i++)
                    sum += x[i * channels] * w[i];
                @_raise(output + channel, @_code(sum, c->multipliers[channel], &c->codes));
            }
        }
        """;

    private static string Places(string apply) => $$"""
        static void @_convolve(const @_convolution *c, const int8_t *input, int8_t *output, int8_t *patch)
        {
            int32_t row, column, y, x;
            for (row = 0; row < c->pool_down.places; row++) {
                for (column = 0; column < c->pool_across.places; column++, output += c->filters) {
                    memset(output, -128, (size_t)c->filters);
                    for (y = 0; y < c->pool_down.taps; y++) {
                        for (x = 0; x < c->pool_across.taps; x++) {
                            int32_t i = @_place(&c->pool_down, row, y), j = @_place(&c->pool_across, column, x);
                            if (i < 0 || j < 0)
                                continue;
        {{Code.Indent(apply, 5)}}
                        }
                    }
                }
            }
        }
        """;
}
