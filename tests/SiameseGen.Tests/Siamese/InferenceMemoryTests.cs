using Xunit;
using Encoder = SiameseGen.Tests.Training.DenseEncoder<SiameseGen.Tests.Training.DeclaredTriplet>;

namespace SiameseGen.Tests.Siamese;

public class InferenceMemoryTests
{
    private readonly InferenceMemory _memory = new(Encoder.Info, capacity: 5);

    [Fact]
    public void Tensors_lie_apart_when_there_are_fewer_items_than_there_is_room_for()
    {
        InferencePass pass = _memory.Pass([], items: 3);
        Assert.Equal((3, 3 * Encoder.Inputs, 3 * Encoder.Outputs), (pass.Items, pass.Inputs.Length, pass.Embeddings.Length));
        pass.Inputs.Fill(1f);
        pass.Embeddings.Fill(2f);
        Assert.DoesNotContain(2f, pass.Inputs.ToArray());
        InferencePass full = _memory.Pass([], items: 5);
        Assert.Equal((0f, 0f), (full.Inputs[^1], full.Embeddings[^1]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(6)]
    public void There_is_no_pass_of_none_nor_of_more_items_than_there_is_room_for(int items) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = _memory.Pass([], items).Items; });
}
