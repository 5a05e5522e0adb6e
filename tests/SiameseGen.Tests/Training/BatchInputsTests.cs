using SiameseGen.Data;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests.Training;

public class BatchInputsTests
{
    private const int Length = 3;
    private static readonly int[] First = [4, 1, 7, 2], Second = [3, 9, 0, 5], Third = [8, 8, 6, 1];

    [Fact]
    public void What_was_read_ahead_is_what_would_have_been_read_and_is_not_read_again()
    {
        var set = new Noted();
        var inputs = new BatchInputs(set, 5, 4);
        inputs.Begin(First, 0, Second);
        Read(inputs, First, 0);
        inputs.ReadAhead();
        Assert.Equal(8, set.Reads);
        inputs.Begin(Second, 1, default);
        float[] ahead = Read(inputs, Second, 1);
        Assert.Equal(8, set.Reads);

        var plain = new BatchInputs(new Noted(), 5, 4);
        plain.Begin(Second, 1, default);
        Assert.Equal(Read(plain, Second, 1), ahead);
        Assert.Equal(3f, ahead[0]);
    }

    [Fact]
    public void A_part_is_read_ahead_and_the_rest_in_its_own_step()
    {
        var set = new Noted();
        var inputs = new BatchInputs(set, 5, 4);
        set.OnRead = item =>
        {
            if (item == Second[1])
                inputs.EndReadingAhead();
        };
        inputs.Begin(First, 0, Second);
        Read(inputs, First, 0);
        inputs.ReadAhead();
        Assert.Equal(6, set.Reads);
        inputs.Begin(Second, 1, Third);
        Assert.Equal([3f, 9f, 0f, 5f], Read(inputs, Second, 1).Where((_, i) => i % Length == 0));
        Assert.Equal(8, set.Reads);
    }

    [Fact]
    public void Another_batch_than_the_one_expected_is_read_anew()
    {
        var set = new Noted();
        var inputs = new BatchInputs(set, 5, 4);
        inputs.Begin(First, 0, Second);
        inputs.ReadAhead();
        inputs.Begin(Third, 1, default);
        Assert.Equal([8f, 8f, 6f, 1f], Read(inputs, Third, 1).Where((_, i) => i % Length == 0));
        Assert.Equal(8, set.Reads);
    }

    [Fact]
    public void The_same_batch_in_another_step_is_read_anew_because_chance_is_another()
    {
        var set = new Noted();
        var inputs = new BatchInputs(set, 5, 4);
        inputs.Begin(First, 0, Second);
        inputs.ReadAhead();
        inputs.Begin(Second, 0, default);
        Read(inputs, Second, 0);
        Assert.Equal(8, set.Reads);
    }

    [Fact]
    public void A_failure_shows_in_the_step_that_has_the_example_and_as_it_was_thrown()
    {
        var failure = new InvalidDataException("a damaged picture");
        var set = new Noted { OnRead = item => _ = item == 0 ? throw failure : item };
        var inputs = new BatchInputs(set, 5, 4);
        inputs.Begin(First, 0, Second);
        inputs.ReadAhead();
        Assert.Same(failure, Assert.Throws<InvalidDataException>(() => inputs.Begin(Second, 1, Third)));

        set.OnRead = null;
        inputs.Begin(Second, 1, Third);
        Assert.Equal([3f, 9f, 0f, 5f], Read(inputs, Second, 1).Where((_, i) => i % Length == 0));
    }

    [Fact]
    public void A_failure_of_a_batch_that_never_comes_is_nobodys()
    {
        var set = new Noted { OnRead = item => _ = item == 0 ? throw new InvalidDataException() : item };
        var inputs = new BatchInputs(set, 5, 4);
        inputs.Begin(First, 0, Second);
        inputs.ReadAhead();
        inputs.Begin(Third, 1, default);
        Assert.Equal([8f, 8f, 6f, 1f], Read(inputs, Third, 1).Where((_, i) => i % Length == 0));
    }

    private static float[] Read(BatchInputs inputs, int[] items, ulong step)
    {
        var read = new float[items.Length * Length];
        for (int index = 0; index < Shard.Count; index++)
        {
            Shard shard = Shard.Of(index, items.Length);
            inputs.Read(items, shard, step, read.AsSpan(shard.Start * Length, shard.Items * Length));
        }

        return read;
    }

    // An example is its number and two random ones.
    private sealed class Noted : IExampleSet
    {
        private readonly int[] _classes = new int[10];

        public Action<int>? OnRead { get; set; }

        public int Reads { get; private set; }

        public int Count => 10;

        public int InputLength => Length;

        public ReadOnlySpan<int> Classes => _classes;

        public ReadOnlySpan<int> Groups => _classes;

        public void Read(int index, Span<float> destination, ref CounterRandom random)
        {
            OnRead?.Invoke(index);
            Reads++;
            destination[0] = index;
            destination[1] = random.NextSingle();
            destination[2] = random.NextSingle();
        }
    }
}
