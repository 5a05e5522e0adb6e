namespace SiameseGen.Benchmarks.Peers;

/// <summary>One of several that embed the same batch with the same weights.</summary>
internal interface IEmbeddingContestant : IContestant
{
    /// <summary>The batch's embeddings, item after item.</summary>
    float[] Embeddings();
}
