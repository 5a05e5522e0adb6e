using SiameseGen.Losses;

namespace SiameseGen.Training;

/// <summary>
/// What training goes back to when it diverges: weights at which loss and gradient were finite. They are copied now and then before a step, and count once that step has shown them to be good: weights may be finite and already
/// too large.
/// </summary>
internal sealed class LastGoodWeights
{
    /// <summary>Steps from one copy to the next within an epoch; each epoch begins with one.</summary>
    public const int Every = 100;

    private float[] _good, _tried, _goodLoss, _triedLoss;
    private int _triedStep = -1;

    /// <summary>Makes the first good ones: those that training begins with.</summary>
    public LastGoodWeights(ReadOnlySpan<float> weights, LossWeights? loss)
    {
        (_good, _tried) = (weights.ToArray(), new float[weights.Length]);
        _goodLoss = loss is null ? [] : loss.Values.ToArray();
        _triedLoss = new float[_goodLoss.Length];
    }

    /// <summary>After how many steps the good weights were copied.</summary>
    public int Step { get; private set; }

    /// <summary>Copies the weights before a step.</summary>
    public void Try(ReadOnlySpan<float> weights, LossWeights? loss, int step)
    {
        weights.CopyTo(_tried);
        loss?.Values.CopyTo(_triedLoss);
        _triedStep = step;
    }

    /// <summary>The step has found loss and gradient finite.</summary>
    public void Confirm()
    {
        if (_triedStep < 0)
            return;
        (_good, _tried, _goodLoss, _triedLoss) = (_tried, _good, _triedLoss, _goodLoss);
        (Step, _triedStep) = (_triedStep, -1);
    }

    /// <summary>Puts the good weights back.</summary>
    public void Restore(Span<float> weights, LossWeights? loss)
    {
        _good.CopyTo(weights);
        _goodLoss.CopyTo(loss is null ? default : loss.Values);
    }
}
