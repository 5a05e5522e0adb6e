using SiameseGen.Tests.Training;
using Xunit;

namespace SiameseGen.Tests.Siamese;

public class TrainingWorkspaceTests
{
    private static readonly EncoderInfo Base = DenseEncoder<DeclaredNothing>.Info;

    // Four tensors of five lengths: two common ones, then two pairs that share space at different times.
    private static readonly (int Offset, int Length)[] Own = [(17, 3), (20, 8), (17, 11), (17, 5)];

    [Theory]
    [InlineData(40, 40)]
    [InlineData(40, 37)]
    [InlineData(40, 5)]
    [InlineData(40, 1)]
    public void Shards_share_no_memory_whichever_tensors_they_are_at(int capacity, int batchSize)
    {
        using var team = new WorkerTeam(1);
        var workspace = new TrainingWorkspace(new Parameters(Info(), 0), capacity, team);
        workspace.Begin(batchSize, 0, 0);
        TrainingPass pass = workspace.Pass(0);

        // Every shard is at another tensor; the common ones keep what they have meanwhile.
        workspace.Inputs.Fill(-1f);
        workspace.Embeddings.Fill(-2f);
        foreach (Shard shard in pass.Shards)
            Of(pass, shard, shard.Index).Fill(shard.Index + 1f);

        foreach (Shard shard in pass.Shards)
        {
            Assert.Equal(shard.Items * Own[shard.Index % Own.Length].Length, Of(pass, shard, shard.Index).Length);
            Assert.Equal(-1, Of(pass, shard, shard.Index).IndexOfAnyExcept(shard.Index + 1f));
        }

        Assert.Equal(-1, workspace.Inputs.IndexOfAnyExcept(-1f));
        Assert.Equal(-1, workspace.Embeddings.IndexOfAnyExcept(-2f));
    }

    [Fact]
    public void Tensors_of_one_shard_that_share_no_space_in_the_plan_share_none_in_memory()
    {
        using var team = new WorkerTeam(1);
        var workspace = new TrainingWorkspace(new Parameters(Info(), 0), 20, team);
        TrainingPass pass = workspace.Pass(0);
        foreach (Shard shard in pass.Shards)
        {
            Of(pass, shard, 0).Fill(1f);
            Of(pass, shard, 1).Fill(2f);
            Assert.Equal(-1, Of(pass, shard, 0).IndexOfAnyExcept(1f));
        }
    }

    [Fact]
    public void Common_tensors_are_contiguous_over_the_batch()
    {
        using var team = new WorkerTeam(1);
        var workspace = new TrainingWorkspace(new Parameters(Info(), 0), 20, team);
        workspace.Begin(19, 0, 0);
        for (int i = 0; i < workspace.Inputs.Length; i++)
            workspace.Inputs[i] = i;
        foreach (Shard shard in workspace.Pass(0).Shards)
        {
            Span<float> items = workspace.Pass(0).Activations(0, Base.Input.Length, shard);
            Assert.Equal(shard.Start * Base.Input.Length, items[0]);
            Assert.Equal(((shard.Start + shard.Items) * Base.Input.Length) - 1, items[^1]);
        }
    }

    [Fact]
    public void A_batch_too_large_for_one_array_is_refused_with_the_largest_that_fits()
    {
        using var team = new WorkerTeam(1);
        var parameters = new Parameters(Info(), 0);
        int largest = (Array.MaxLength - 16) / 28;
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingWorkspace(parameters, largest + 1, team));
        Assert.Equal("capacity", refused.ParamName);
        Assert.Contains($"{largest + 1} items with 28 floats each", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"at most {largest} items", refused.Message, StringComparison.Ordinal);
    }

    private static Span<float> Of(TrainingPass pass, Shard shard, int tensor)
    {
        (int offset, int length) = Own[tensor % Own.Length];
        return pass.Activations(offset, length, shard);
    }

    private static EncoderInfo Info() => new()
    {
        Name = Base.Name,
        Input = Base.Input,
        EmbeddingLength = Base.EmbeddingLength,
        ParameterCount = Base.ParameterCount,
        StateCount = Base.StateCount,
        Tensors = Base.Tensors,
        Architecture = Base.Architecture,
        Fingerprint = Base.Fingerprint,
        Training = new TrainingPlan(28, 0, 12, 12, 0, 0, 0, CommonLength: 17),
        Inference = Base.Inference,
        Distance = Base.Distance,
    };
}
