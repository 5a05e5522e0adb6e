using SiameseGen.Compiler.Layers;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>The functions that take an input.</summary>
internal static class CInput
{
    /// <summary>Writes them.</summary>
    /// <param name="program">The program.</param>
    public static string Of(CProgram program) => program.Integers.Graph.Input.IsImage
        ? Code.Blocks([Embed(program, "embed", "uint8_t", "pixels", "pixels[i] - 128"), OneCode(program), Embed(program, "embed_floats", "float", "pixels", "@_code_of(pixels[i])")])
        : Code.Blocks([OneCode(program), Embed(program, "embed", "float", "features", "@_code_of(features[i])")]);

    private static string Embed(CProgram program, string name, string type, string input, string code)
    {
        // Without any step, the codes of the input are the template.
        bool isTemplate = program.Steps.Count == 0;
        string codes = isTemplate ? "template_" : "codes", cast = type == "float" ? "" : "(int8_t)";
        string head = isTemplate ? "    (void)scratch;" : "    int8_t *codes = (int8_t *)scratch;", value = cast.Length == 0 ? code : $"({code})";
        return Invariant($$"""
            void @_{{name}}(const {{type}} *{{input}}, int8_t *template_, void *scratch)
            {
                int32_t i;
            {{head}}
                for (i = 0; i < @@_INPUT_LENGTH; i++)
                    {{codes}}[{{(program.Integers.Input.Offset == 0 ? "" : Text.Number(program.Integers.Input.Offset) + " + ")}}i] = {{cast}}{{value}};{{(isTemplate ? "" : "\n    @_run(codes, template_);")}}
            }
            """);
    }

    private static string OneCode(CProgram program) => $$"""
        /* Floats must be rounded as they are written here. */
        #ifdef __FAST_MATH__
        #error "Compile this file without -ffast-math."
        #endif

        /* The code of a float, rounded to the nearest and away from 0 between two; what is not a number counts as 0. */
        static int8_t @_code_of(float value)
        {
            float quotient = value / {{CText.Single(program.InputScale)}};
            int32_t code = 0;
            quotient = quotient > 1024.0f ? 1024.0f : quotient < -1024.0f ? -1024.0f : quotient;
            if (quotient >= 0.0f) {
                quotient = quotient + 0.5f;
                code = (int32_t)quotient;
            } else if (quotient < 0.0f) {
                quotient = 0.5f - quotient;
                code = -(int32_t)quotient;
            }
            code += {{CText.Macro(program.InputZero)}};
            return (int8_t)(code < -128 ? -128 : code > 127 ? 127 : code);
        }
        """;
}
