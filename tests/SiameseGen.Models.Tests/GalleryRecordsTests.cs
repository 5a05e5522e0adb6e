using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using SiameseGen.Extensions.AI;
using SiameseGen.Search;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>A gallery as programs see it that know only Microsoft.Extensions.VectorData.</summary>
public class GalleryRecordsTests
{
    private static readonly MinedTriplet Encoder = new(seed: 2);
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_definition_has_the_key_the_data_and_the_vector_of_the_encoder()
    {
        VectorStoreCollectionDefinition definition = EncoderVectors.Definition<MinedTriplet>(typeof(Guid), "Id", "Face", new VectorStoreDataProperty("Name", typeof(string)));
        Assert.Equal(["Id", "Name", "Face"], definition.Properties.Select(property => property.Name));
        Assert.Equal(typeof(Guid), Assert.IsType<VectorStoreKeyProperty>(definition.Properties[0]).Type);
        var vector = Assert.IsType<VectorStoreVectorProperty>(definition.Properties[2]);
        Assert.Equal((6, DistanceFunction.EuclideanDistance), (vector.Dimensions, vector.DistanceFunction));
        Assert.Throws<ArgumentException>(() => EncoderVectors.Definition<MinedTriplet>(typeof(string), "Face", "Face"));
        Assert.Throws<ArgumentException>(() => EncoderVectors.Definition<MinedTriplet>(typeof(string), ""));
    }

    [Fact]
    public async Task Records_go_in_are_found_and_go_out()
    {
        using VectorStoreCollection<string, GalleryRecord> collection = Made(20);
        Assert.True(await collection.CollectionExistsAsync(Token));
        float[] asked = Embedding(7);
        VectorSearchResult<GalleryRecord>[] found = await collection.SearchAsync(asked, 3, cancellationToken: Token).ToArrayAsync(Token);
        Assert.Equal(3, found.Length);
        Assert.Equal(("7", 0.0), (found[0].Record.Key, found[0].Score!.Value));
        Assert.True(found[0].Record.Embedding.IsEmpty);
        double[] expected = [.. Enumerable.Range(0, 20).Select(i => (double)Distances.Between(DistanceMetric.Euclidean, asked, Embedding(i))).Order().Take(3)];
        Assert.Equal(expected, found.Select(result => result.Score!.Value), (a, b) => Math.Abs(a - b) < 1e-5);

        await collection.DeleteAsync("7", Token);
        await collection.UpsertAsync(new GalleryRecord { Key = "3", Embedding = asked }, Token);
        Assert.Null(await collection.GetAsync("7", cancellationToken: Token));
        GalleryRecord three = (await collection.GetAsync("3", new RecordRetrievalOptions { IncludeVectors = true }, Token))!;
        Assert.Equal(asked, three.Embedding.ToArray());
        Assert.Equal(["1", "3"], await collection.GetAsync((string[])["1", "7", "3"], cancellationToken: Token).Select(record => record.Key).ToArrayAsync(Token));
        await collection.EnsureCollectionDeletedAsync(Token);
        await collection.EnsureCollectionExistsAsync(Token);
        Assert.Empty(await collection.SearchAsync(asked, 3, cancellationToken: Token).ToArrayAsync(Token));
    }

    [Fact]
    public async Task A_search_takes_any_form_of_an_embedding()
    {
        using VectorStoreCollection<string, GalleryRecord> collection = Made(5);
        float[] asked = Embedding(2);
        async Task<string> First<TInput>(TInput value)
            where TInput : notnull => (await collection.SearchAsync(value, 1, cancellationToken: Token).SingleAsync(Token)).Record.Key;
        Assert.Equal("2", await First(asked));
        Assert.Equal("2", await First(new ReadOnlyMemory<float>(asked)));
        Assert.Equal("2", await First(new Embedding<float>(asked)));
        Assert.Equal("2", await First(MinedTriplet.Embedding.From(asked)));
        await Assert.ThrowsAsync<NotSupportedException>(() => First("a face"));
        await Assert.ThrowsAsync<ArgumentException>(() => First(new float[5]));
    }

    [Fact]
    public async Task Options_skip_limit_and_filter()
    {
        using VectorStoreCollection<string, GalleryRecord> collection = Made(20);
        float[] asked = Embedding(7);
        VectorSearchResult<GalleryRecord>[] all = await collection.SearchAsync(asked, 20, cancellationToken: Token).ToArrayAsync(Token);
        async Task<IEnumerable<string>> Keys(int top, VectorSearchOptions<GalleryRecord> options) =>
            await collection.SearchAsync(asked, top, options, Token).Select(result => result.Record.Key).ToArrayAsync(Token);
        Assert.Equal(all[2..5].Select(result => result.Record.Key), await Keys(3, new() { Skip = 2 }));
        Assert.Equal(all[..4].Select(result => result.Record.Key), await Keys(20, new() { ScoreThreshold = all[3].Score }));
        Assert.Equal(all.Where(result => result.Record.Key.Length == 2).Take(3).Select(result => result.Record.Key), await Keys(3, new() { Filter = record => record.Key.Length == 2 }));
        Assert.All(await collection.SearchAsync(asked, 4, new() { IncludeVectors = true }, Token).ToArrayAsync(Token), result => Assert.Equal(6, result.Record.Embedding.Length));
        Assert.Equal(10, await collection.GetAsync(record => record.Key.Length == 2, 100, cancellationToken: Token).CountAsync(Token));
        Assert.Equal(4, await collection.GetAsync(record => record.Key.Length == 2, 4, new() { Skip = 5 }, Token).CountAsync(Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => collection.SearchAsync(asked, 0, cancellationToken: Token));
        Assert.Throws<NotSupportedException>(() => collection.GetAsync(record => true, 4, new() { OrderBy = order => order.Ascending(record => record.Key) }, Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await collection.SearchAsync(asked, 1, cancellationToken: new CancellationToken(canceled: true)).ToArrayAsync(Token));
    }

    [Fact]
    public void What_is_behind_it_can_be_asked_for()
    {
        using GalleryRecords<MinedTriplet.Embedding> collection = Made(1);
        Assert.Equal("faces", collection.Name);
        Assert.Equal(("SiameseGen", "faces"), collection.GetService(typeof(VectorStoreCollectionMetadata)) is VectorStoreCollectionMetadata metadata ? (metadata.VectorStoreSystemName, metadata.CollectionName) : default);
        Assert.Equal(1, ((NamedGallery<MinedTriplet.Embedding>)collection.GetService(typeof(NamedGallery<MinedTriplet.Embedding>))!).Count);
        Assert.Same(collection, collection.GetService(typeof(IVectorSearchable<GalleryRecord>)));
        Assert.Null(collection.GetService(typeof(string)));
    }

    private static GalleryRecords<MinedTriplet.Embedding> Made(int count)
    {
        NamedGallery<MinedTriplet.Embedding> gallery = Encoder.CreateNamedGallery();
        for (int i = 0; i < count; i++)
            gallery.Add($"{i}", MinedTriplet.Embedding.From(Embedding(i)));
        return new GalleryRecords<MinedTriplet.Embedding>("faces", gallery);
    }

    private static float[] Embedding(int number)
    {
        var random = new CounterRandom(8, CounterRandom.Purpose.Data, (uint)number);
        float[] input = new float[12];
        foreach (ref float value in input.AsSpan())
            value = random.NextSingle(-1, 1);
        return Encoder.Embed(input).Values.ToArray();
    }
}
