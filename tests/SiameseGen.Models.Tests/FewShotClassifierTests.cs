using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Models.Tests;

public class FewShotClassifierTests
{
    // An encoder of one number: its embedding is the number itself, so that all distances are known.
    private static PublishedTriplet Identity()
    {
        var encoder = new PublishedTriplet(seed: 1);
        encoder.Parameters.Values[0] = 1f;
        encoder.Parameters.Values[1] = 0f;
        encoder.Parameters.MarkChanged();
        return encoder;
    }

    [Theory]
    [InlineData(SupportRule.Prototype, 3f, "wide", 1f)] // the means are 4 and −4
    [InlineData(SupportRule.Prototype, -0.5f, "narrow", 3.5f)]
    [InlineData(SupportRule.Nearest, -0.4f, "wide", 0.4f)]
    [InlineData(SupportRule.Nearest, -0.6f, "narrow", 0.4f)]
    [InlineData(SupportRule.NearestNeighbors, -0.4f, "narrow", 0.6f)] // −1 and −2 outvote 0
    [InlineData(SupportRule.NearestNeighbors, 3f, "wide", 1f)] // 4 and 0 outvote −1
    public void Each_rule_says_what_is_nearest(SupportRule rule, float query, string expected, float distance)
    {
        var classifier = new FewShotClassifier<PublishedTriplet>(Identity(), rule, neighbors: 3);
        foreach (float value in (float[])[0f, 4f, 8f])
            classifier.Add("wide", [value]);
        foreach (float value in (float[])[-1f, -2f, -9f])
            classifier.Add("narrow", [value]);
        FewShotAnswer answer = classifier.Classify([query]);
        Assert.Equal(expected, answer.Label);
        Assert.Equal(distance, answer.Distance.Value, 1e-5f);
        Assert.Equal(["wide", "narrow"], classifier.Labels);
    }

    [Theory]
    [InlineData(SupportRule.Prototype)]
    [InlineData(SupportRule.Nearest)]
    [InlineData(SupportRule.NearestNeighbors)]
    public void An_encoder_that_sees_nothing_is_right_once_in_N(SupportRule rule)
    {
        PublishedTriplet constant = Identity();
        constant.Parameters.Values[0] = 0f;
        constant.Parameters.Values[1] = 0.7f;
        constant.Parameters.MarkChanged();
        var classifier = new FewShotClassifier<PublishedTriplet>(constant, rule, neighbors: 4);
        for (int i = 0; i < 21; i++)
            classifier.Add($"class {i % 7}", [i]);
        int right = Enumerable.Range(0, 70).Count(i => classifier.Classify([-i]).Label == $"class {i % 7}");
        Assert.Equal(10, right);
    }

    [Fact]
    public void What_it_cannot_do_it_says()
    {
        var classifier = new FewShotClassifier<PublishedTriplet>(Identity());
        Assert.Throws<InvalidOperationException>(() => classifier.Classify([1f]));
        Assert.Throws<ArgumentException>(() => classifier.Add("", [1f]));
        Assert.Throws<ArgumentException>(() => classifier.Add("a", [1f, 2f]));
        Assert.Throws<ArgumentException>(() => classifier.Add("a", [float.NaN]));
        Assert.Empty(classifier.Labels);
        classifier.Add("a", [1f]);
        Assert.Equal(new FewShotAnswer("a", new Distance(0f)), classifier.Classify([1f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FewShotClassifier<PublishedTriplet>(Identity(), SupportRule.NearestNeighbors, neighbors: 0));
    }

    [Theory]
    [InlineData(SupportRule.Prototype)]
    [InlineData(SupportRule.Nearest)]
    public void Examples_belong_to_the_weights_that_embedded_them(SupportRule rule)
    {
        PublishedTriplet encoder = Identity();
        var classifier = new FewShotClassifier<PublishedTriplet>(encoder, rule);
        Change(encoder, 2f); // nothing is embedded yet
        Assert.Throws<ArgumentException>(() => classifier.Add("a", [float.NaN]));
        Change(encoder, 3f);
        classifier.Add("a", [1f]);
        Assert.Equal(new FewShotAnswer("a", new Distance(3f)), classifier.Classify([2f]));
        Change(encoder, 4f);
        Assert.Contains("have changed", Assert.Throws<CalibrationException>(() => classifier.Classify([2f])).Message, StringComparison.Ordinal);
        Assert.Throws<CalibrationException>(() => classifier.Add("b", [2f]));
        Assert.Equal(["a"], classifier.Labels);
        Change(encoder, 3f); // the same again
        Assert.Equal(new FewShotAnswer("a", new Distance(3f)), classifier.Classify([2f]));
    }

    private static void Change(PublishedTriplet encoder, float weight)
    {
        encoder.Parameters.Values[0] = weight;
        encoder.Parameters.MarkChanged();
    }
}
