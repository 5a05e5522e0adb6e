using static System.FormattableString;

namespace SiameseGen.Compiler.Emission;

/// <summary>Writes the nested type of an encoder's embeddings.</summary>
internal static class EmbeddingEmitter
{
    /// <summary>Writes the type.</summary>
    /// <param name="name">The encoder's name.</param>
    /// <param name="length">Floats in one embedding.</param>
    public static string Of(string name, int length) =>
        Invariant($$"""
        /// <summary>An embedding made by <c>{{name}}</c>: {{length}} floats. Those of other encoders have types of their own.</summary>
        [global::System.CodeDom.Compiler.GeneratedCode("SiameseGen", null)]
        [global::System.Runtime.CompilerServices.InlineArray({{length}})]
        public struct Embedding : global::SiameseGen.IEmbedding<Embedding>, global::System.IEquatable<Embedding>
        {
            private float _first;

            /// <summary>Floats in one embedding.</summary>
            public static int Length => {{length}};

            /// <summary>The floats, {{length}} of them.</summary>
            [global::System.Diagnostics.CodeAnalysis.UnscopedRef]
            public readonly global::System.ReadOnlySpan<float> Values => this;

            /// <summary>Copies an embedding from memory, such as a row of a stored index.</summary>
            /// <param name="values">{{length}} floats.</param>
            /// <exception cref="global::System.ArgumentException">There are more or fewer floats.</exception>
            public static Embedding From(global::System.ReadOnlySpan<float> values)
            {
                if (values.Length != {{length}})
                    throw new global::System.ArgumentException($"An embedding of {{name}} has {{length}} floats; there are {values.Length}.", nameof(values));
                Embedding embedding = default;
                values.CopyTo(embedding);
                return embedding;
            }

            /// <summary>Whether both have equal values.</summary>
            /// <param name="left">An embedding.</param>
            /// <param name="right">Another.</param>
            public static bool operator ==(in Embedding left, in Embedding right) => global::System.MemoryExtensions.SequenceEqual(left.Values, right.Values);

            /// <summary>Whether some values differ.</summary>
            /// <param name="left">An embedding.</param>
            /// <param name="right">Another.</param>
            public static bool operator !=(in Embedding left, in Embedding right) => !(left == right);

            /// <inheritdoc/>
            public readonly bool Equals(Embedding other) => this == other;

            /// <inheritdoc/>
            public override readonly bool Equals(object? obj) => obj is Embedding other && this == other;

            /// <inheritdoc/>
            public override readonly int GetHashCode()
            {
                global::System.HashCode hash = default;
                foreach (float value in Values)
                    hash.Add(value);
                return hash.ToHashCode();
            }

            /// <summary>The first few values, for a debugger or a log.</summary>
            public override readonly string ToString()
            {
                global::System.Text.StringBuilder text = new("{{name}}.Embedding [");
                for (int i = 0; i < {{Math.Min(length, 4)}}; i++)
                    text.Append(i == 0 ? "" : ", ").Append(Values[i].ToString("0.####", global::System.Globalization.CultureInfo.InvariantCulture));
                return text.Append("{{(length > 4 ? ", …]" : "]")}}").ToString();
            }
        }
        """);
}
