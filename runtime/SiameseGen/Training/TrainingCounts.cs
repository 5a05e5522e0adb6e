using System.Globalization;
using SiameseGen.Sampling;

namespace SiameseGen.Training;

/// <summary>The whole numbers of a training that has been interrupted; its floats are in a <see cref="TrainingState"/>.</summary>
internal sealed record TrainingCounts
{
    private const int Fields = 19;

    /// <summary>The batch that comes next; one past an epoch's last where the epoch has yet to be validated.</summary>
    public required SamplerPosition Position { get; init; }

    /// <summary>A checksum of that batch, by which another sampler is noticed.</summary>
    public required long NextBatch { get; init; }

    /// <summary>Steps made.</summary>
    public required int Updates { get; init; }

    /// <summary>Floats that the optimizer remembers about each weight.</summary>
    public required int Moments { get; init; }

    /// <summary>Whether there is a moving average of the weights.</summary>
    public required bool HasAverage { get; init; }

    /// <summary>Whether the sampler has looked at embeddings.</summary>
    public required bool HasMined { get; init; }

    /// <summary>Classes that the loss has learned weights for, 1 where all classes share them; 0 for a loss that learns nothing.</summary>
    public required int LossClasses { get; init; }

    public required double? BestValidation { get; init; }

    /// <summary>The epoch of the best validation; 0 before any.</summary>
    public required int BestEpoch { get; init; }

    public required int ValidationsSinceBest { get; init; }

    /// <summary>The means of the epoch so far.</summary>
    public required EpochSums Sums { get; init; }

    /// <summary>The seed of <see cref="TrainingOptions"/>.</summary>
    public required int Seed { get; init; }

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    /// <returns>Null when the text is damaged.</returns>
    public static TrainingCounts? Parse(string text)
    {
        int end = text.LastIndexOf(' ');
        if (end < 0 || text[(end + 1)..] != Checksum(text[..end]))
            return null;
        string[] parts = text[..end].Split(' ');
        long[] numbers = new long[Fields];
        if (parts.Length != Fields)
            return null;
        for (int i = 0; i < Fields; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return new TrainingCounts
        {
            Position = new SamplerPosition((int)numbers[0], (int)numbers[1]),
            NextBatch = numbers[2],
            Updates = (int)numbers[3],
            Moments = (int)numbers[4],
            HasAverage = numbers[5] != 0,
            LossClasses = (int)numbers[6],
            BestEpoch = (int)numbers[7],
            BestValidation = numbers[7] > 0 ? BitConverter.Int64BitsToDouble(numbers[8]) : null,
            ValidationsSinceBest = (int)numbers[9],
            Sums = new EpochSums(
                (int)numbers[10], BitConverter.Int64BitsToDouble(numbers[11]), BitConverter.Int64BitsToDouble(numbers[12]), BitConverter.Int64BitsToDouble(numbers[13]),
                BitConverter.Int64BitsToDouble(numbers[14]), BitConverter.Int64BitsToDouble(numbers[15]), BitConverter.Int64BitsToDouble(numbers[16])),
            Seed = (int)numbers[17],
            HasMined = numbers[18] != 0,
        };
    }

    /// <summary>All of them in one line, with a checksum; fractions as their bits, so that none is rounded.</summary>
    public override string ToString()
    {
        long[] numbers =
        [
            Position.Epoch, Position.Index, NextBatch, Updates, Moments, HasAverage ? 1 : 0, LossClasses, BestEpoch, Bits(BestValidation ?? 0), ValidationsSinceBest,
            Sums.Steps, Bits(Sums.Loss), Bits(Sums.Active), Bits(Sums.Positive), Bits(Sums.Negative), Bits(Sums.Length), Bits(Sums.Spread), Seed, HasMined ? 1 : 0,
        ];
        string text = string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return $"{text} {Checksum(text)}";
    }

    private static string Checksum(string text) => Fnv.Of(text).ToString("x16", CultureInfo.InvariantCulture);

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
