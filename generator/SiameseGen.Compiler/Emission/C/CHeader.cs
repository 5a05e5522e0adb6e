using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>Writes the header.</summary>
internal static class CHeader
{
    /// <summary>Writes it.</summary>
    /// <param name="program">The program.</param>
    public static string Of(CProgram program)
    {
        ArtifactCalibration calibration = program.Artifact.Calibration;
        Shape input = program.Integers.Graph.Input;
        string order = input.IsImage ? $"an image of {CText.Size(input)}, row by row, the channels of a pixel next to each other" : $"{CText.Size(input)} features";
        return Invariant($$"""
            {{CText.Comment(CSummary.Of(program))}}
            #ifndef @@_H
            #define @@_H

            #include <stdint.h>

            #ifdef __cplusplus
            extern "C" {
            #endif

            /* What templates are bound to: SHA-256 of the encoder's architecture and the weights. Templates of other models mean nothing here. */
            #define @@_MODEL "{{VerifierEmitter.ModelOf(program.Artifact)}}"

            /* The version of the arithmetic. Equal models of equal versions give equal templates, here and in C#. */
            #define @@_VERSION 1

            /* Values of one input: {{order}}. */
            #define @@_INPUT_LENGTH {{input.Length}}

            /* Bytes of one template. Of faces and fingers they are biometric data. */
            #define @@_TEMPLATE_LENGTH {{program.Integers.Embedding.Length}}

            /* Bytes that an embedding is computed in, at any address. Their content does not matter, before or afterwards. */
            #define @@_SCRATCH_LENGTH {{program.ScratchLength}}

            /* Scores up to this one match. */
            #define @@_THRESHOLD_SCORE {{CText.Macro(calibration.ThresholdScore)}}

            /* Scores beyond this one do not; between the two a verdict is unsure. */
            #define @@_UNSURE_SCORE {{CText.Macro(calibration.UnsureUntilScore)}}

            typedef enum @_verdict {
                @@_NO_MATCH = 0, /* Different identities. */
                @@_MATCH = 1,    /* One identity. */
                @@_UNSURE = 2    /* Between the two: ask for another input, or a person. */
            } @_verdict;

            {{Embedding(input)}}

            /*
             * How far apart two templates are: {{CComparison.Meaning(program.Integers.Comparison)}}.
             * The smaller the more alike.
             */
            int32_t @_score(const int8_t *left, const int8_t *right);

            /* Whether two templates are of one identity. Compare the verdict with @@_MATCH: an unsure one is not 0 either. */
            @_verdict @_verify(const int8_t *enrolled, const int8_t *claimed);

            #ifdef __cplusplus
            }
            #endif

            #endif
            """);
    }

    private static string Embedding(Shape input) => input.IsImage
        ? """
        /*
         * Makes a template of an input of 8-bit pixels, which stand for 0 to 1.
         * pixels: @@_INPUT_LENGTH values; template_: receives @@_TEMPLATE_LENGTH bytes; scratch: @@_SCRATCH_LENGTH bytes.
         * None of them may overlap. Several threads may embed at the same time, each in a scratch of its own.
         */
        void @_embed(const uint8_t *pixels, int8_t *template_, void *scratch);

        /* The same for pixels that are floats of 0 to 1; what is not a number counts as 0. */
        void @_embed_floats(const float *pixels, int8_t *template_, void *scratch);
        """
        : """
        /*
         * Makes a template of features; what is not a number counts as 0.
         * features: @@_INPUT_LENGTH values; template_: receives @@_TEMPLATE_LENGTH bytes; scratch: @@_SCRATCH_LENGTH bytes.
         * None of them may overlap. Several threads may embed at the same time, each in a scratch of its own.
         */
        void @_embed(const float *features, int8_t *template_, void *scratch);
        """;
}
