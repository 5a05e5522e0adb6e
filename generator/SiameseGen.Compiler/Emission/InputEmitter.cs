using SiameseGen.Compiler.Layers;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission;

/// <summary>Writes the nested type of an encoder's inputs: a view of pixels or features whose length was checked.</summary>
internal static class InputEmitter
{
    /// <summary>Writes the type.</summary>
    /// <param name="name">The encoder's name.</param>
    /// <param name="shape">What the encoder reads.</param>
    public static string Of(string name, Shape shape)
    {
        string what = shape.IsImage ? Invariant($"an image of {shape}, row by row, the channels of a pixel next to each other") : Invariant($"{shape.Length} features");
        string expected = shape.IsImage ? Invariant($"{shape} = {shape.Length} values") : Invariant($"{shape.Length} values");
        string sides = shape.IsImage ? $$"""

                /// <summary>Rows of an image.</summary>
                public const int Height = {{Text.Number(shape.Height)}};

                /// <summary>Columns of an image.</summary>
                public const int Width = {{Text.Number(shape.Width)}};

                /// <summary>Values of a pixel.</summary>
                public const int Channels = {{Text.Number(shape.Channels)}};

            """ : "";
        return Invariant($$"""
        /// <summary>An input of <c>{{name}}</c> that was checked: a view of {{what}}. Nothing is copied.</summary>
        [global::System.CodeDom.Compiler.GeneratedCode("SiameseGen", null)]
        public readonly ref struct Input
        {
            /// <summary>Values of one input.</summary>
            public const int Length = {{shape.Length}};
        {{sides}}
            /// <summary>A view of values.</summary>
            /// <param name="values">{{shape.Length}} values.</param>
            /// <exception cref="global::System.ArgumentException">There are more or fewer values.</exception>
            public Input(global::System.ReadOnlySpan<float> values)
            {
                if (values.Length != Length)
                    throw new global::System.ArgumentException($"{{name}} embeds inputs of {{expected}}; this input has {values.Length}.", nameof(values));
                Values = values;
            }

            /// <summary>A view of 8-bit values, which are scaled from 0…255 to 0…1.</summary>
            /// <param name="bytes">{{shape.Length}} bytes.</param>
            /// <exception cref="global::System.ArgumentException">There are more or fewer bytes.</exception>
            public Input(global::System.ReadOnlySpan<byte> bytes)
            {
                if (bytes.Length != Length)
                    throw new global::System.ArgumentException($"{{name}} embeds inputs of {{expected}}; this input has {bytes.Length}.", nameof(bytes));
                Bytes = bytes;
                IsBytes = true;
            }

            /// <summary>The values; empty where the input is of bytes.</summary>
            public global::System.ReadOnlySpan<float> Values { get; }

            /// <summary>The bytes; empty where the input is of other values.</summary>
            public global::System.ReadOnlySpan<byte> Bytes { get; }

            /// <summary>Whether the input is of bytes.</summary>
            public bool IsBytes { get; }
        }
        """);
    }
}
