using System.Runtime.Intrinsics;
using SiameseGen.Compiler.Layers;
using SiameseGen.Kernels;

namespace SiameseGen.Export.Integers;

/// <summary>The functions of single values, precise enough for 8-bit codes and the same on every machine.</summary>
internal static class Functions
{
    /// <summary>The function's value.</summary>
    /// <param name="function">Which one.</param>
    /// <param name="x">Where.</param>
    public static float Of(Operation.Function function, float x) => function.Kind switch
    {
        FunctionKind.ReLU => x > 0f ? x : 0f,
        FunctionKind.LeakyReLU => x > 0f ? x : function.Parameter * x,
        FunctionKind.ELU => x > 0f ? x : function.Parameter * (Exp(x) - 1f),
        FunctionKind.GELU => 0.5f * x * (1f + Erf(x * 0.70710678f)),
        FunctionKind.TanhGELU => 0.5f * x * (1f + Tanh(0.79788456f * (x + (0.044715f * x * x * x)))),
        FunctionKind.SiLU => x * Sigmoid(x),
        FunctionKind.HardSwish => x * Math.Clamp(x + 3f, 0f, 6f) / 6f,
        FunctionKind.Softplus => (x > 0f ? x : 0f) + Log(1f + Exp(-MathF.Abs(x))),
        FunctionKind.Sigmoid => Sigmoid(x),
        FunctionKind.Tanh => Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function.Kind, "There is no such function."),
    };

    private static float Exp(float x) => Exponential.Exp(Vector256.Create(x)).ToScalar();

    private static float Log(float x) => Logarithm.Log(Vector256.Create(x)).ToScalar();

    private static float Sigmoid(float x) => Exponential.Sigmoid(Vector256.Create(x)).ToScalar();

    private static float Tanh(float x) => Exponential.Tanh(Vector256.Create(x)).ToScalar();

    // Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.26: within 1.5e-7.
    private static float Erf(float x)
    {
        float t = 1f / (1f + (0.3275911f * MathF.Abs(x)));
        float y = 1f - (t * (0.254829592f + (t * (-0.284496736f + (t * (1.421413741f + (t * (-1.453152027f + (t * 1.061405429f)))))))) * Exp(-x * x));
        return x < 0f ? -y : y;
    }
}
