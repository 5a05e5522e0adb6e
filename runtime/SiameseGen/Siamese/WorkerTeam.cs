namespace SiameseGen;

/// <summary>
/// Threads that run one job together, the caller among them. They are started once and wait between jobs, so that a job allocates nothing.
/// A team does one job at a time.
/// </summary>
public sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 2_000;
    private const int Idle = 0;
    private const int AtAJob = 1;
    private const int Disposed = 2;
    private readonly object _gate = new();
    private readonly Thread[] _threads;
    private Action<int>? _job;
    private int _generation;
    private int _running;
    private int _arrived;
    private int _phase;
    private Exception? _failure;
    private bool _stopping;
    private int _state;

    /// <summary>Starts the threads.</summary>
    /// <param name="workers">Threads in the team, the caller included; 0 for one a core.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is negative.</exception>
    public WorkerTeam(int workers = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        Workers = workers == 0 ? Environment.ProcessorCount : workers;
        _threads = new Thread[Workers - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"SiameseGen worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads in the team, the caller included.</summary>
    public int Workers { get; }

    /// <summary>Runs a job on every worker and returns when all have finished. Keep the delegate: making a new one each time allocates.</summary>
    /// <param name="job">Called once on each worker with its number, 0 for the caller.</param>
    /// <exception cref="AggregateException">A worker failed; the first failure is inside.</exception>
    /// <exception cref="InvalidOperationException">The team is at another job.</exception>
    /// <exception cref="ObjectDisposedException">The team's threads have ended.</exception>
    public void Run(Action<int> job)
    {
        ArgumentNullException.ThrowIfNull(job);
        int state = Interlocked.CompareExchange(ref _state, AtAJob, Idle);
        ObjectDisposedException.ThrowIf(state == Disposed, this);
        if (state == AtAJob)
            throw new InvalidOperationException("The team is at another job. Wait until it is done, or use a team for each caller.");
        try
        {
            RunAlone(job);
        }
        finally
        {
            Volatile.Write(ref _state, Idle);
        }
    }

    private void RunAlone(Action<int> job)
    {
        lock (_gate)
        {
            _job = job;
            _failure = null;
            _arrived = 0;
            _running = _threads.Length;
            _generation++;
            Monitor.PulseAll(_gate);
        }

        Guarded(job, 0);
        if (_threads.Length > 0)
            WaitForOthers();
        _job = null;
        if (_failure is { } failure)
            throw new AggregateException("A worker failed.", failure);
    }

    /// <summary>Within a job: waits until every worker is here. Every worker must call it equally often.</summary>
    /// <exception cref="OperationCanceledException">Another worker failed, so it will never arrive.</exception>
    public void Synchronize()
    {
        if (_threads.Length == 0)
            return;
        int phase = Volatile.Read(ref _phase);
        if (Interlocked.Increment(ref _arrived) == Workers)
        {
            lock (_gate)
            {
                _arrived = 0;
                Volatile.Write(ref _phase, phase + 1);
                Monitor.PulseAll(_gate);
            }

            return;
        }

        for (int spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            if (Volatile.Read(ref _phase) != phase)
                return;
            if (Volatile.Read(ref _failure) is not null)
                break;
            Thread.SpinWait(8);
        }

        lock (_gate)
        {
            while (_phase == phase && _failure is null)
                Monitor.Wait(_gate);
            if (_phase == phase)
                throw new OperationCanceledException("Another worker failed.");
        }
    }

    /// <summary>Ends the threads. During a job it throws and ends nothing, so that nobody waits for a thread that has gone.</summary>
    /// <exception cref="InvalidOperationException">The team is at a job.</exception>
    public void Dispose()
    {
        if (Interlocked.CompareExchange(ref _state, Disposed, Idle) == AtAJob)
            throw new InvalidOperationException("The team is at a job. Dispose of it when the job is done.");
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void WaitForOthers()
    {
        for (int spin = 0; spin < SpinsBeforeSleep && Volatile.Read(ref _running) > 0; spin++)
            Thread.SpinWait(8);
        lock (_gate)
        {
            while (_running > 0)
                Monitor.Wait(_gate);
        }
    }

    private void Work(int worker)
    {
        int seen = 0;
        while (true)
        {
            Action<int> job;
            lock (_gate)
            {
                while (_generation == seen && !_stopping)
                    Monitor.Wait(_gate);
                if (_stopping)
                    return;
                seen = _generation;
                job = _job!;
            }

            Guarded(job, worker);
            lock (_gate)
            {
                _running--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Guarded(Action<int> job, int worker)
    {
        // A failure on any thread must reach the caller, and must not leave the others waiting for a worker that will never come.
#pragma warning disable CA1031
        try
        {
            job(worker);
        }
        catch (Exception failure)
        {
            lock (_gate)
            {
                _failure ??= failure;
                Monitor.PulseAll(_gate);
            }
        }
#pragma warning restore CA1031
    }
}
