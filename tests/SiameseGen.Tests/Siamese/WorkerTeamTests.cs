using Xunit;

namespace SiameseGen.Tests.Siamese;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_worker_runs_every_job_once(int workers)
    {
        using var team = new WorkerTeam(workers);
        int[] runs = new int[workers];
        for (int job = 0; job < 200; job++)
            team.Run(worker => runs[worker]++);
        Assert.All(runs, count => Assert.Equal(200, count));
    }

    [Fact]
    public void Nobody_passes_a_barrier_before_all_have_reached_it()
    {
        using var team = new WorkerTeam(3);
        int arrived = 0, early = 0;
        team.Run(_ =>
        {
            for (int round = 1; round <= 500; round++)
            {
                Interlocked.Increment(ref arrived);
                team.Synchronize();
                if (Volatile.Read(ref arrived) < 3 * round)
                    Interlocked.Increment(ref early);
                team.Synchronize();
            }
        });
        Assert.Equal(0, early);
        Assert.Equal(1500, arrived);
    }

    [Fact]
    public void A_team_does_one_job_at_a_time()
    {
        using var team = new WorkerTeam(2);
        int refused = 0;
        team.Run(worker =>
        {
            if (worker != 1)
                return;
            Assert.Throws<InvalidOperationException>(() => team.Run(_ => { }));
            Assert.Throws<InvalidOperationException>(team.Dispose);
            refused++;
        });
        Assert.Equal(1, refused);

        int runs = 0;
        team.Run(_ => Interlocked.Increment(ref runs));
        Assert.Equal(2, runs);
    }

    [Fact]
    public void A_team_that_is_disposed_of_at_any_time_around_a_job_does_it_whole_or_not_at_all()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        for (int round = 0; round < 500; round++)
        {
            var team = new WorkerTeam(2);
            int runs = 0;
            using var start = new Barrier(2);
            var other = new Thread(() =>
            {
                start.SignalAndWait(cancellation);
                try
                {
                    team.Run(_ => Interlocked.Increment(ref runs));
                }
                catch (ObjectDisposedException)
                {
                }
            });
            other.Start();
            start.SignalAndWait(cancellation);
            try
            {
                team.Dispose();
            }
            catch (InvalidOperationException)
            {
            }

            Assert.True(other.Join(TimeSpan.FromMinutes(1)));
            Assert.True(runs is 0 or 2);
            team.Dispose();
            team.Dispose();
            Assert.Throws<ObjectDisposedException>(() => team.Run(_ => { }));
        }
    }

    [Fact]
    public void A_failure_reaches_the_caller_even_when_others_wait_for_the_failed_worker()
    {
        using var team = new WorkerTeam(3);
        AggregateException failure = Assert.Throws<AggregateException>(() => team.Run(worker =>
        {
            if (worker == 1)
                throw new InvalidOperationException("broken");
            team.Synchronize();
        }));
        Assert.Equal("broken", failure.InnerException!.Message);

        int runs = 0;
        team.Run(_ =>
        {
            team.Synchronize();
            Interlocked.Increment(ref runs);
        });
        Assert.Equal(3, runs);
    }
}
