using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>A function of one element.</summary>
internal interface IUnaryRule
{
    /// <summary>Applies the function to eight elements.</summary>
    Vector256<float> Apply(Vector256<float> x);
}

/// <summary>A function of two elements.</summary>
internal interface IBinaryRule
{
    /// <summary>Applies the function to eight elements.</summary>
    Vector256<float> Apply(Vector256<float> a, Vector256<float> b);
}

/// <summary>Applies functions element by element. The output may be an input's memory.</summary>
internal static class Elements
{
    /// <summary>output = rule(input).</summary>
    public static void Map<TRule>(TRule rule, ReadOnlySpan<float> input, Span<float> output)
        where TRule : struct, IUnaryRule
    {
        CheckLengths(input.Length, output.Length);
        ref float x = ref MemoryMarshal.GetReference(input), y = ref MemoryMarshal.GetReference(output);
        int i = 0;
        for (; i <= output.Length - Lanes.Count; i += Lanes.Count)
            rule.Apply(Vector256.LoadUnsafe(ref x, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        int rest = output.Length - i;
        if (rest > 0)
            SomeLanes.Store(rule.Apply(SomeLanes.Load(ref x, i, rest)), ref y, i, rest);
    }

    /// <summary>output = rule(left, right).</summary>
    public static void Map<TRule>(TRule rule, ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> output)
        where TRule : struct, IBinaryRule
    {
        CheckLengths(left.Length, output.Length);
        CheckLengths(right.Length, output.Length);
        ref float a = ref MemoryMarshal.GetReference(left), b = ref MemoryMarshal.GetReference(right), y = ref MemoryMarshal.GetReference(output);
        int i = 0;
        for (; i <= output.Length - Lanes.Count; i += Lanes.Count)
            rule.Apply(Vector256.LoadUnsafe(ref a, (nuint)i), Vector256.LoadUnsafe(ref b, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        int rest = output.Length - i;
        if (rest > 0)
            SomeLanes.Store(rule.Apply(SomeLanes.Load(ref a, i, rest), SomeLanes.Load(ref b, i, rest)), ref y, i, rest);
    }

    private static void CheckLengths(int input, int output)
    {
        if (input != output)
            throw new ArgumentException($"{input} elements do not map to {output}.", nameof(input));
    }
}
