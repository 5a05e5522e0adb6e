using System.Text.Json;
using SiameseGen.Losses;
using SiameseGen.Mining;
using Xunit;

namespace SiameseGen.Tests.Mining;

/// <summary>Against the choices of PyTorch Metric Learning, where the folder with them is at hand: the same pairs and triplets, every one.</summary>
public class PublishedMinerTests
{
    public static TheoryData<string> Names =>
    [
        "BatchHard", "BatchEasyHard(easy positive, hard negative)", "BatchEasyHard(easy positive, semihard negative)", "BatchEasyHard(hard positive, semihard negative)", "TripletMargin(all, 0.2)",
        "TripletMargin(hard, 0.2)", "TripletMargin(semihard, 0.2)", "TripletMargin(easy, 0.2)", "MultiSimilarity(0.1)", "PairMargin(0.2, 0.8)", "Angular(20)",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Choices_agree_with_PyTorch_Metric_Learning(string name)
    {
        string? folder = Environment.GetEnvironmentVariable("SIAMESEGEN_REFERENCE");
        string file = Path.Combine(folder ?? "", "metric-learning.json");
        Assert.SkipWhen(string.IsNullOrEmpty(folder) || !File.Exists(file), "Set SIAMESEGEN_REFERENCE to a folder with metric-learning.json to run this.");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement published = document.RootElement.GetProperty("miners").EnumerateArray().Single(miner => miner.GetProperty("miner").GetString() == name);
        int[][] indices = published.GetProperty("indices").Deserialize<int[][]>()!;
        double[][] rows = published.GetProperty("embeddings").Deserialize<double[][]>()!;
        // Its angular miner takes embeddings as they are, all others at length 1.
        var batch = new MinedBatch(Make(name), rows, published.GetProperty("labels").Deserialize<int[]>()!, normalize: name != "Angular(20)");
        if (indices.Length == 3)
        {
            Assert.Equal(Enumerable.Range(0, indices[0].Length).Select(i => (indices[0][i], indices[1][i], indices[2][i])).Order(), batch.Triplets().Order());
            return;
        }

        Assert.Equal(indices[0].Zip(indices[1]).Distinct().Order(), batch.Pairs(positives: true).Order());
        Assert.Equal(indices[2].Zip(indices[3]).Distinct().Order(), batch.Pairs(positives: false).Order());
    }

    private static Miner Make(string name) => name switch
    {
        "BatchHard" => new BatchHardMiner(),
        "BatchEasyHard(easy positive, hard negative)" => new BatchEasyHardMiner(Hardness.Easy, Hardness.Hard),
        "BatchEasyHard(easy positive, semihard negative)" => new BatchEasyHardMiner(Hardness.Easy, Hardness.SemiHard),
        "BatchEasyHard(hard positive, semihard negative)" => new BatchEasyHardMiner(Hardness.Hard, Hardness.SemiHard),
        "TripletMargin(all, 0.2)" => new TripletMarginMiner(0.2f, TripletKind.All),
        "TripletMargin(hard, 0.2)" => new TripletMarginMiner(0.2f, TripletKind.Hard),
        "TripletMargin(semihard, 0.2)" => new TripletMarginMiner(0.2f, TripletKind.SemiHard),
        "TripletMargin(easy, 0.2)" => new TripletMarginMiner(0.2f, TripletKind.Easy),
        "MultiSimilarity(0.1)" => new MultiSimilarityMiner(0.1f),
        "PairMargin(0.2, 0.8)" => new PairMarginMiner(0.2f, 0.8f),
        "Angular(20)" => new AngularMiner(20f),
        _ => throw new NotSupportedException(name),
    };
}
