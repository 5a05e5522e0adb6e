using SiameseGen.Compiler.Shipping;
using SiameseGen.Data;
using SiameseGen.Export.Integers;
using SiameseGen.Models;
using Xunit;

namespace SiameseGen.Export.Tests;

public class QuantizerTests
{
    [Fact]
    public void A_maximum_has_the_codes_of_what_it_is_the_maximum_of_also_where_these_were_made_coarser()
    {
        // The middle pixel with weight 1, and pixels of one code only: the result would be finer than the sums it is made of.
        var encoder = new OverlappingMaxPool2D(seed: 1);
        ParameterTensor weights = OverlappingMaxPool2D.Info.Tensors.First(tensor => tensor.Role is ParameterRole.Weight);
        encoder.Parameters.Values.Clear();
        int filters = weights.Shape[^1], channels = OverlappingMaxPool2D.Info.Input.Channels, middle = ((1 * 3) + 1) * channels;
        encoder.Parameters.Values.Slice(weights.Offset + (middle * filters), filters).Fill(1f);
        encoder.Parameters.MarkChanged();
        var faint = new Faint(OverlappingMaxPool2D.Info.Input.Length);

        IntegerProgram program = IntegerExport.ProgramOf(OverlappingMaxPool2D.Info);
        Assert.Contains(program.Steps, step => step.Kind is IntegerKind.MaximumPool);
        IntegerValues values = Quantizer.Quantize(program, encoder.Parameters.Values, faint, faint.Count, TestContext.Current.CancellationToken);
        float[] input = new float[faint.InputLength];
        var random = new CounterRandom(0, CounterRandom.Purpose.Data, 0);
        faint.Read(1, input, ref random);
        float[] expected = encoder.Embed(input).Values.ToArray();
        sbyte[] codes = new sbyte[expected.Length];
        new IntegerEncoder(program, values).Embed(input, codes);
        Assert.Contains(expected, value => value > 0f);
        for (int i = 0; i < codes.Length; i++)
            Assert.Equal(expected[i], values.EmbeddingScale * (codes[i] - values.EmbeddingZero), 0.02f / 255f);
    }

    // Every third pixel is the faintest there is.
    private sealed class Faint(int length) : IExampleSet
    {
        private readonly int[] _classes = [0, 0, 1, 1], _groups = new int[4];

        public int Count => _classes.Length;

        public int InputLength => length;

        public ReadOnlySpan<int> Classes => _classes;

        public ReadOnlySpan<int> Groups => _groups;

        public void Read(int index, Span<float> destination, ref CounterRandom random)
        {
            for (int i = 0; i < destination.Length; i++)
                destination[i] = (i + index) % 3 == 0 ? 1f / 255f : 0f;
        }
    }
}
