using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Xunit;

namespace SiameseGen.Tests.Search;

/// <summary>How long a <see cref="Embedding{TLength}"/> is.</summary>
internal interface ILength
{
    static abstract int Length { get; }
}

internal readonly struct Length1 : ILength
{
    public static int Length => 1;
}

internal readonly struct Length3 : ILength
{
    public static int Length => 3;
}

internal readonly struct Length16 : ILength
{
    public static int Length => 16;
}

internal readonly struct Length37 : ILength
{
    public static int Length => 37;
}

internal readonly struct Length64 : ILength
{
    public static int Length => 64;
}

internal readonly struct Length1200 : ILength
{
    public static int Length => 1200;
}

/// <summary>An embedding of any length, without an encoder.</summary>
internal struct Embedding<TLength> : IEmbedding<Embedding<TLength>>
    where TLength : struct, ILength
{
    private Numbers _numbers;

    public static int Length => TLength.Length;

    [UnscopedRef]
    public readonly ReadOnlySpan<float> Values => ((ReadOnlySpan<float>)_numbers)[..Length];

    public static Embedding<TLength> From(ReadOnlySpan<float> values)
    {
        Assert.Equal(Length, values.Length);
        var embedding = default(Embedding<TLength>);
        values.CopyTo(embedding._numbers);
        return embedding;
    }

    [InlineArray(1200)]
    private struct Numbers
    {
        private float _first;
    }
}
