using SiameseGen.Data;
using SiameseGen.Evaluation;

namespace SiameseGen.Images;

/// <summary>
/// Embeds a picture as the mean over several views of it, each a little turned, scaled or shifted: what one view misses another sees. It costs as many embeddings as there are views, and
/// the weights stay as they are (test-time augmentation: Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", 2012).
/// </summary>
/// <typeparam name="TEncoder">The generated encoder, which takes images.</typeparam>
public sealed class AveragedViews<TEncoder>
    where TEncoder : class, IEncoder
{
    private readonly TEncoder _encoder;
    private readonly ImageWarp[] _views;
    private readonly InputShape _stored;
    private readonly bool _normalize;

    /// <summary>Takes an encoder and views.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="views">The views, such as <see cref="ImageViews.Slight"/>; one or more.</param>
    /// <param name="stored">The shape of the pictures; null for that of the encoder's input.</param>
    /// <param name="normalize">Whether a mean is scaled to length 1: set it to false for an encoder whose embeddings are of other lengths.</param>
    /// <exception cref="ArgumentException">There are no views, the encoder takes no images, or pictures of this shape have other channels than it takes.</exception>
    public AveragedViews(TEncoder encoder, IEnumerable<ImageWarp> views, InputShape? stored = null, bool normalize = true)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(views);
        InputShape input = TEncoder.Info.Input;
        _views = [.. views];
        if (_views.Length == 0)
            throw new ArgumentException("There are no views to average. One that changes nothing is new ImageWarp().", nameof(views));
        if (!input.IsImage)
            throw new ArgumentException($"{TEncoder.Info.Name} takes features, not images, and features have no views.", nameof(encoder));
        _encoder = encoder;
        _stored = stored ?? input;
        ImageWarp.Check(_stored.Length, _stored, input.Length, input);
        _normalize = normalize;
    }

    /// <summary>The views.</summary>
    public IReadOnlyList<ImageWarp> Views => _views;

    /// <summary>Embeds one picture. After the first one on a thread it allocates nothing; several threads may call it at once.</summary>
    /// <param name="picture">The picture, channels last.</param>
    /// <param name="embedding">Receives the mean, <see cref="EncoderInfo.EmbeddingLength"/> floats.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void Embed(ReadOnlySpan<float> picture, Span<float> embedding)
    {
        InputShape input = TEncoder.Info.Input;
        ImageWarp.Check(picture.Length, _stored, input.Length, input);
        if (embedding.Length != TEncoder.Info.EmbeddingLength)
            throw new ArgumentException($"An embedding of {TEncoder.Info.Name} has {TEncoder.Info.EmbeddingLength} floats; the destination has {embedding.Length}.", nameof(embedding));
        Span<float> view = ImageScratch.OfThread.View(input.Length), one = ImageScratch.OfThread.Embedding(embedding.Length);
        embedding.Clear();
        foreach (ImageWarp warp in _views)
        {
            warp.Apply(picture, _stored, view, input);
            _encoder.Embed(view, one);
            Add(one, embedding);
        }

        Finish(embedding);
    }

    /// <summary>Embeds a whole set on all cores.</summary>
    /// <param name="examples">The pictures.</param>
    /// <param name="team">The threads; null for one a core.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One row for each example; give it to <see cref="EmbeddedExamples"/> to evaluate it.</returns>
    /// <exception cref="ArgumentException">The examples are not of the stored shape.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public EmbeddingMatrix EmbedAll(IExampleSet examples, WorkerTeam? team = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        using WorkerTeam? own = team is null ? new WorkerTeam() : null;
        var means = new EmbeddingMatrix(examples.Count, TEncoder.Info.EmbeddingLength);
        foreach (ImageWarp warp in _views)
        {
            var seen = new ImageViewSet(examples, warp, _stored, TEncoder.Info.Input);
            Add(BulkEmbedder.EmbedAll(_encoder, seen, team ?? own, null, cancellationToken).Values, means.Values);
        }

        for (int i = 0; i < means.Count; i++)
            Finish(means.Row(i));
        return means;
    }

    /// <summary>Embeds a set for the protocols of evaluation.</summary>
    /// <inheritdoc cref="EmbedAll"/>
    public EmbeddedExamples Evaluated(IExampleSet examples, WorkerTeam? team = null, CancellationToken cancellationToken = default) =>
        new(EmbedAll(examples, team, cancellationToken), TEncoder.Info.Distance, examples.Classes, examples.Groups);

    private static void Add(ReadOnlySpan<float> one, Span<float> sum)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += one[i];
    }

    private void Finish(Span<float> sum)
    {
        float factor = 1f / _views.Length;
        if (_normalize)
        {
            float length = MathF.Sqrt(LaneSums.Product(sum, sum));
            factor = length > 0f ? 1f / length : 0f;
        }

        foreach (ref float value in sum)
            value *= factor;
    }
}
