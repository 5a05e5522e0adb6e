namespace SiameseGen.Verification;

/// <summary>The weights that something was made with, to tell whether the encoder still has them. Any number of threads may ask.</summary>
internal sealed class KnownWeights
{
    private readonly Parameters _parameters;
    private volatile int _version;

    /// <summary>Takes the weights as they are now.</summary>
    public KnownWeights(Parameters parameters)
    {
        _parameters = parameters;
        _version = parameters.Version;
        Fingerprint = ModelFingerprint.Of(parameters);
    }

    /// <summary>Their <see cref="ModelFingerprint"/>.</summary>
    public string Fingerprint { get; }

    /// <summary>Whether the encoder still has them. Weights that are marked as changed are looked at once; the same ones may have been loaded again.</summary>
    public bool AreThere()
    {
        int version = _parameters.Version;
        if (version == _version)
            return true;
        if (ModelFingerprint.Of(_parameters) != Fingerprint)
            return false;
        _version = version;
        return true;
    }
}
