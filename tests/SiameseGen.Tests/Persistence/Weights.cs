using System.Buffers.Binary;
using System.Text;

namespace SiameseGen.Tests.Persistence;

/// <summary>A small architecture with every role of tensor, and files for it put together by hand.</summary>
internal static class Weights
{
    public static EncoderInfo Info { get; } = WithArchitecture("input 2\nconv2d 1\nbatchnorm", "GlyphEncoder", 'a');

    public static EncoderInfo WithArchitecture(string architecture, string name, char fingerprint) => new()
    {
        Name = name,
        Input = new InputShape(1, 1, 2, false),
        EmbeddingLength = 3,
        ParameterCount = 12,
        StateCount = 6,
        Tensors =
        [
            new ParameterTensor("dense1.weight", 0, [2, 3], ParameterRole.Weight, Initializer.GlorotUniform, 2, 3),
            new ParameterTensor("batchnorm1.gain", 6, [3], ParameterRole.Gain, Initializer.Ones, 3, 3),
            new ParameterTensor("batchnorm1.shift", 9, [3], ParameterRole.Shift, Initializer.Zeros, 3, 3),
            new ParameterTensor("batchnorm1.running_mean", 12, [3], ParameterRole.RunningMean, Initializer.Zeros, 3, 3),
            new ParameterTensor("batchnorm1.running_variance", 15, [3], ParameterRole.RunningVariance, Initializer.Ones, 3, 3),
        ],
        Architecture = architecture,
        Fingerprint = new string(fingerprint, 64),
        Training = default,
        Inference = default,
        Distance = DistanceMetric.Euclidean,
    };

    /// <summary>Weights with values that only an exact copy keeps.</summary>
    public static Parameters Trained()
    {
        var parameters = new Parameters(Info, 4);
        parameters.Values[6] = float.Epsilon;
        parameters.Values[7] = -0f;
        parameters.Values[8] = float.MaxValue;
        parameters.Values[12] = 1f / 3f;
        parameters.Values[15] = 0.25f;
        return parameters;
    }

    /// <summary>The header of a file as another program would write it, without notes.</summary>
    public const string PlainHeader = """
        {"dense1.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
         "batchnorm1.gain":{"dtype":"F32","shape":[3],"data_offsets":[24,36]},
         "batchnorm1.shift":{"dtype":"F32","shape":[3],"data_offsets":[36,48]},
         "batchnorm1.running_mean":{"dtype":"F32","shape":[3],"data_offsets":[48,60]},
         "batchnorm1.running_variance":{"dtype":"F32","shape":[3],"data_offsets":[60,72]}}
        """;

    /// <summary>A file of this header and the values 1, 2, 3…</summary>
    public static byte[] File(string header, int values = 18)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + (4 * values)];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        for (int i = 0; i < values; i++)
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(8 + json.Length + (4 * i)), i + 1);
        return file;
    }

    public static int[] Bits(Parameters parameters)
    {
        int[] bits = new int[parameters.Values.Length];
        for (int i = 0; i < bits.Length; i++)
            bits[i] = BitConverter.SingleToInt32Bits(parameters.Values[i]);
        return bits;
    }
}
