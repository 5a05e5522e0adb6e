using static System.FormattableString;

namespace SiameseGen.Compiler.Emission;

/// <summary>Writes the nested type of a verifier's templates.</summary>
internal static class TemplateEmitter
{
    /// <summary>Writes the type.</summary>
    /// <param name="name">The verifier's name.</param>
    /// <param name="length">Values of a template.</param>
    /// <param name="type">Their type.</param>
    public static string Of(string name, int length, string type) =>
        Invariant($$"""
        /// <summary>What <c>{{name}}</c> keeps of an input: {{length}} values. Templates of other verifiers have types of their own. Of faces and fingers they are biometric data.</summary>
        [global::System.CodeDom.Compiler.GeneratedCode("SiameseGen", null)]
        [global::System.Runtime.CompilerServices.InlineArray({{length}})]
        public struct Template : global::SiameseGen.Verification.ITemplate<Template>, global::System.IEquatable<Template>
        {
            private {{type}} _first;

            /// <summary>Bytes of a template.</summary>
            public static int ByteLength => {{length}} * sizeof({{type}});

            /// <summary>What templates are bound to: <see cref="{{Code.Identifier(name)}}.Model"/>.</summary>
            public static string Model => {{Code.Identifier(name)}}.Model;

            /// <summary>The values, {{length}} of them.</summary>
            [global::System.Diagnostics.CodeAnalysis.UnscopedRef]
            public readonly global::System.ReadOnlySpan<{{type}}> Values => this;

            /// <summary>The template as bytes, to store it.</summary>
            [global::System.Diagnostics.CodeAnalysis.UnscopedRef]
            public readonly global::System.ReadOnlySpan<byte> Bytes => global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(Values);

            /// <summary>A template of stored bytes. Whether they are of this model is not known here: <see cref="global::SiameseGen.Verification.TemplateSeal"/> keeps that.</summary>
            /// <param name="bytes">As many bytes as <see cref="ByteLength"/>.</param>
            /// <exception cref="global::System.ArgumentException">There are more or fewer bytes.</exception>
            public static Template From(global::System.ReadOnlySpan<byte> bytes)
            {
                if (bytes.Length != ByteLength)
                    throw new global::System.ArgumentException($"A template of {{name}} has {ByteLength} bytes; there are {bytes.Length}.", nameof(bytes));
                Template template = default;
                bytes.CopyTo(global::System.Runtime.InteropServices.MemoryMarshal.AsBytes((global::System.Span<{{type}}>)template));
                return template;
            }

            /// <summary>Whether both have equal values.</summary>
            /// <param name="left">A template.</param>
            /// <param name="right">Another.</param>
            public static bool operator ==(in Template left, in Template right) => global::System.MemoryExtensions.SequenceEqual(left.Bytes, right.Bytes);

            /// <summary>Whether some values differ.</summary>
            /// <param name="left">A template.</param>
            /// <param name="right">Another.</param>
            public static bool operator !=(in Template left, in Template right) => !(left == right);

            /// <inheritdoc/>
            public readonly bool Equals(Template other) => this == other;

            /// <inheritdoc/>
            public override readonly bool Equals(object? obj) => obj is Template other && this == other;

            /// <inheritdoc/>
            public override readonly int GetHashCode()
            {
                global::System.HashCode hash = default;
                hash.AddBytes(Bytes);
                return hash.ToHashCode();
            }
        }
        """);
}
