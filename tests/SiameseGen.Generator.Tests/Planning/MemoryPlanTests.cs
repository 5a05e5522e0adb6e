using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using Xunit;

namespace SiameseGen.Generator.Tests.Planning;

public class MemoryPlanTests
{
    public static TheoryData<int> Seeds => [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_call_finds_what_it_reads(int seed)
    {
        foreach (string attributes in RandomModels.Make(150, seed))
        {
            Plan plan = Compiled.Plan(attributes);
            ArenaSimulator.Train(plan);
            ArenaSimulator.Infer(plan);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Buffers_that_live_at_the_same_time_do_not_overlap(int seed)
    {
        foreach (string attributes in RandomModels.Make(150, seed))
        {
            Plan plan = Compiled.Plan(attributes);
            foreach (MemoryPlan memory in new[] { plan.Training.Memory, plan.Inference.Memory })
            {
                for (int i = 0; i < memory.Buffers.Count; i++)
                {
                    MemoryBuffer buffer = memory.Buffers[i];
                    Assert.InRange(buffer.Offset, 0, memory.ArenaLength - buffer.Length);
                    Assert.All(memory.Buffers.Skip(i + 1), other => Assert.True(
                        buffer.End < other.Start || other.End < buffer.Start || AreApart(buffer, other), $"{buffer.Values[0].Name} and {other.Values[0].Name}"));
                }
            }
        }
    }

    // Only tensors of one shard may share space, because workers do not wait for one another.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_contiguous_over_the_batch_shares_space_with_nothing(int seed)
    {
        foreach (string attributes in RandomModels.Make(150, seed))
        {
            TrainingSchedule training = Compiled.Plan(attributes).Training;
            MemoryPlan memory = training.Memory;
            foreach (MemoryValue value in new[] { training.Input, training.Embedding, training.EmbeddingGradient })
                Assert.InRange(value.Offset + value.Length, 0, memory.CommonLength);
            List<MemoryBuffer> common = [.. memory.Buffers.Where(buffer => buffer.Offset < memory.CommonLength)];
            foreach (MemoryBuffer buffer in common)
                Assert.All(common.Where(other => other != buffer), other => Assert.True(AreApart(buffer, other)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Statistics_and_saved_floats_and_prepared_weights_have_regions_of_their_own(int seed)
    {
        foreach (string attributes in RandomModels.Make(150, seed))
        {
            Plan plan = Compiled.Plan(attributes);
            AssertApart(plan.Training.Forward, step => (step.Statistics, step.Lowering.Statistics), plan.Training.StatisticsLength);
            AssertApart(plan.Training.Forward, step => (step.Saved, step.Lowering.Saved), plan.Training.SavedLength);
            AssertApart(plan.Inference.Steps, step => (step.Prepared, step.Lowering.Prepared), plan.Inference.PreparedLength);
            foreach (Step step in plan.Training.Backward.Where(step => step.Method == "Backward"))
            {
                Step forward = plan.Training.Forward.Single(other => ReferenceEquals(other.Layer, step.Layer));
                Assert.Equal((forward.Statistics, forward.Saved), (step.Statistics, step.Saved));
            }
        }
    }

    [Fact]
    public void Activations_are_computed_in_place_where_nobody_needs_their_input()
    {
        TrainingSchedule training = Compiled.Plan("[Features(32), Dense(32), ReLU, Dense(32), Sigmoid, ReLU, Dense(4)]").Training;
        int[] outputs = [.. training.Forward.Select(step => step.Offset(OperandKind.Output))];
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Equal(outputs[2], outputs[3]);
        Assert.NotEqual(outputs[3], outputs[4]); // the sigmoid's backward reads its output
    }

    [Fact]
    public void Batch_normalisation_keeps_its_input_and_passes_its_gradient_in_place()
    {
        TrainingSchedule training = Compiled.Plan("[Features(32), Dense(32), BatchNorm, ReLU, Dense(4)]").Training;
        Assert.NotEqual(training.Forward[0].Offset(OperandKind.Output), training.Forward[1].Offset(OperandKind.Output));
        Step backward = training.Backward.Single(step => step.Layer.Name == "batchnorm1");
        Assert.Equal(backward.Offset(OperandKind.OutputGradient), backward.Offset(OperandKind.InputGradient));
    }

    [Fact]
    public void Inference_needs_room_for_two_neighbours_only()
    {
        Plan plan = Compiled.Plan("[Features(64), Dense(64), Sigmoid, Dense(64), Tanh, Dense(64), Dense(64), L2Normalize]");
        Assert.Equal(128, plan.Inference.Memory.ArenaLength);
    }

    [Fact]
    public void Training_shares_space_between_gradients()
    {
        string dense = string.Concat(Enumerable.Repeat("[Dense(64), ReLU]", 10));
        Plan plan = Compiled.Plan($"[Features(64)] {dense}");

        // Input, embedding and gradient of it in common; nine activations that backward reads, and two gradients at a time.
        Assert.Equal((64 * 3, 64 * (3 + 9 + 1)), (plan.Training.Memory.CommonLength, plan.Training.Memory.ArenaLength));
    }

    private static bool AreApart(MemoryBuffer a, MemoryBuffer b) => a.Offset + a.Length <= b.Offset || b.Offset + b.Length <= a.Offset;

    private static void AssertApart(IEnumerable<Step> steps, Func<Step, (int Offset, long Length)> region, long total)
    {
        long end = 0;
        foreach ((int offset, long length) in steps.Select(region).Where(region => region.Length > 0).OrderBy(region => region.Offset))
        {
            Assert.True(offset >= end);
            end = offset + length;
        }

        Assert.True(end <= total);
    }
}
