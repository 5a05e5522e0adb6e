using System.Buffers.Binary;
using System.Text.Json;

namespace SiameseGen.Models.Tests.Import;

/// <summary>Writes safetensors files as other programs do.</summary>
internal static class ForeignFile
{
    /// <summary>Writes tensors in the order of their names, as the format's own library does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Shapes and values by name.</param>
    /// <param name="type">F64, F32, F16 or BF16; counters without values are I64.</param>
    /// <param name="notes">Notes about the file.</param>
    public static void Write(string path, IEnumerable<KeyValuePair<string, (int[] Shape, float[] Values)>> tensors, string type = "F32", Dictionary<string, string>? notes = null)
    {
        Dictionary<string, object> header = [];
        if (notes is not null)
            header.Add("__metadata__", notes);
        using var data = new MemoryStream();
        foreach ((string name, (int[] shape, float[] values)) in tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal))
        {
            long begin = data.Length;
            if (values.Length == 0)
                data.Write(new byte[8]);
            foreach (float value in values)
                data.Write(Bytes(value, type));
            header.Add(name, new { dtype = values.Length == 0 ? "I64" : type, shape, data_offsets = new[] { begin, data.Length } });
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. data.ToArray()]);
    }

    private static byte[] Bytes(float value, string type)
    {
        byte[] bytes = new byte[8];
        switch (type)
        {
            case "F64":
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                return bytes;
            case "F16":
                BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)value);
                return bytes[..2];
            case "BF16":
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
                return bytes[..2];
            default:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
                return bytes[..4];
        }
    }
}
