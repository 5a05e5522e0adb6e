using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Optimization;

/// <summary>
/// An update rule for eight weights at a time, in exactly rounded operations only. It holds its factors as vectors: the loop then multiplies by memory,
/// where it would have to fill a register with each factor for every eight weights.
/// </summary>
internal interface IUpdateRule
{
    /// <summary>Updates eight weights and what is remembered about them.</summary>
    void Apply(ref Vector256<float> values, Vector256<float> gradients, ref Vector256<float> first, ref Vector256<float> second);
}

/// <summary>Runs an update rule over spans of any length.</summary>
internal static class ElementWise
{
    private const int Width = 8;

    /// <summary>Applies the rule to each element; empty spans of remembered floats read as zeros and are not written.</summary>
    public static void Run<TRule>(
        in TRule rule, Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second)
        where TRule : struct, IUpdateRule
    {
        if (gradients.Length != values.Length || (first.Length != values.Length && !first.IsEmpty) || (second.Length != values.Length && !second.IsEmpty))
            throw new ArgumentException("Weights, gradients and what is remembered about them differ in length.", nameof(values));
        int whole = values.Length - (values.Length % Width);
        ref float value = ref MemoryMarshal.GetReference(values), gradient = ref MemoryMarshal.GetReference(gradients);
        ref float m0 = ref MemoryMarshal.GetReference(first), s0 = ref MemoryMarshal.GetReference(second);
        bool hasFirst = !first.IsEmpty, hasSecond = !second.IsEmpty;

        // Inlined with constants, so that no loop asks what there is.
        if (hasSecond)
            Eights(rule, whole, ref value, ref gradient, true, ref m0, true, ref s0);
        else if (hasFirst)
            Eights(rule, whole, ref value, ref gradient, true, ref m0, false, ref s0);
        else
            Eights(rule, whole, ref value, ref gradient, false, ref m0, false, ref s0);
        if (whole == values.Length)
            return;

        // The rest is computed in a padded copy, so that it sees the very same operations.
        int rest = values.Length - whole;
        Copies copies = default;
        Span<float> all = copies;
        Span<float> v = all[..Width], g = all.Slice(Width, Width), m = all.Slice(2 * Width, Width), s = all.Slice(3 * Width, Width);
        values[whole..].CopyTo(v);
        gradients[whole..].CopyTo(g);
        if (!first.IsEmpty)
            first[whole..].CopyTo(m);
        if (!second.IsEmpty)
            second[whole..].CopyTo(s);
        Eight(rule, ref v[0], ref g[0], hasFirst, ref m[0], hasSecond, ref s[0]);
        v[..rest].CopyTo(values[whole..]);
        if (!first.IsEmpty)
            m[..rest].CopyTo(first[whole..]);
        if (!second.IsEmpty)
            s[..rest].CopyTo(second[whole..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eights<TRule>(
        in TRule rule, nint length, ref float value, ref float gradient, bool hasFirst, ref float first, bool hasSecond, ref float second)
        where TRule : struct, IUpdateRule
    {
        for (nint i = 0; i < length; i += Width)
        {
            Eight(
                rule, ref Unsafe.Add(ref value, i), ref Unsafe.Add(ref gradient, i), hasFirst, ref Unsafe.Add(ref first, i), hasSecond, ref Unsafe.Add(ref second, i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight<TRule>(
        in TRule rule, ref float value, ref float gradient, bool hasFirst, ref float first, bool hasSecond, ref float second)
        where TRule : struct, IUpdateRule
    {
        Vector256<float> v = Vector256.LoadUnsafe(ref value), m = default, s = default;
        if (hasFirst)
            m = Vector256.LoadUnsafe(ref first);
        if (hasSecond)
            s = Vector256.LoadUnsafe(ref second);
        rule.Apply(ref v, Vector256.LoadUnsafe(ref gradient), ref m, ref s);
        v.StoreUnsafe(ref value);
        if (hasFirst)
            m.StoreUnsafe(ref first);
        if (hasSecond)
            s.StoreUnsafe(ref second);
    }

    [InlineArray(4 * Width)]
    private struct Copies
    {
        private float _first;
    }
}
