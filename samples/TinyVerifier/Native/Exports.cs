using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TinyVerifier.Native;

/// <summary>
/// What C sees; <c>c/tinyverifier.h</c> describes it. Each export only makes spans of pointers and calls <see cref="Library"/>: a method that C calls must not have a <c>stackalloc</c> of its own,
/// and no exception may leave it.
/// </summary>
internal static unsafe class Exports
{
    [UnmanagedCallersOnly(EntryPoint = "tinyverifier_version", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Version() => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Library.Version));

    [UnmanagedCallersOnly(EntryPoint = "tinyverifier_model", CallConvs = [typeof(CallConvCdecl)])]
    public static int Model(byte* text, nuint length) => text is null ? Library.BadArgument : Library.Model(new Span<byte>(text, (int)nuint.Min(length, int.MaxValue)));

    [UnmanagedCallersOnly(EntryPoint = "tinyverifier_input_length", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint InputLength() => GlyphVerifier.InputLength;

    [UnmanagedCallersOnly(EntryPoint = "tinyverifier_template_length", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint TemplateLength() => (nuint)GlyphVerifier.Template.ByteLength;

    [UnmanagedCallersOnly(EntryPoint = "tinyverifier_embed", CallConvs = [typeof(CallConvCdecl)])]
    public static int Embed(byte* pixels, nuint pixelsLength, byte* template, nuint templateLength) =>
        pixels is null || template is null || pixelsLength != GlyphVerifier.InputLength || templateLength != (nuint)GlyphVerifier.Template.ByteLength
            ? Library.BadArgument
            : Library.Embed(new ReadOnlySpan<byte>(pixels, (int)pixelsLength), new Span<byte>(template, (int)templateLength));

    [UnmanagedCallersOnly(EntryPoint = "tinyverifier_verify", CallConvs = [typeof(CallConvCdecl)])]
    public static int Verify(byte* enrolled, byte* claimed) =>
        enrolled is null || claimed is null ? Library.BadArgument : Library.Verify(OfTemplate(enrolled), OfTemplate(claimed));

    [UnmanagedCallersOnly(EntryPoint = "tinyverifier_distance", CallConvs = [typeof(CallConvCdecl)])]
    public static float Distance(byte* left, byte* right) =>
        left is null || right is null ? float.NaN : Library.Distance(OfTemplate(left), OfTemplate(right));

    private static ReadOnlySpan<byte> OfTemplate(byte* bytes) => new(bytes, GlyphVerifier.Template.ByteLength);
}
