using System.Globalization;
using SiameseGen.Evaluation;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests;

public class MessageTests
{
    [Fact]
    public void Numbers_of_messages_are_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (commas.NumberFormat.NumberDecimalSeparator, commas.NumberFormat.NumberGroupSeparator) = (",", ".");
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Contains("rate there was 0.25:", new TrainingDivergedException(3, "loss", 0.25f, "weights").Message, StringComparison.Ordinal);
            EmbeddedExamples many = EmbeddedExamples.ByDistance((_, _) => 0f, new int[4_000_001]);
            Assert.Contains(
                "4,000,001 examples", Assert.Throws<ArgumentException>(() => PairVerification.AllPairs(many, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
