using static SiameseGen.Reference.Number;

namespace SiameseGen.Reference;

/// <summary>Losses over two views, items i and i + n, by their definitions. Numbers without a past pass no gradient on.</summary>
internal static class ViewLossReference
{
    public static Number BarlowTwins(BarlowTwinsLossAttribute a, Number[][] e)
    {
        (Number[][] first, Number[][] second) = (Standardized(View(e, 0)), Standardized(View(e, 1)));
        return Sum(first.SelectMany((x, i) => second.Select((y, j) =>
        {
            Number correlation = Mean(x.Zip(y, (p, q) => p * q));
            return i == j ? (1 - correlation) * (1 - correlation) : a.Redundancy * correlation * correlation;
        })));
    }

    public static Number VICReg(VICRegLossAttribute a, Number[][] e)
    {
        Number[][] first = View(e, 0), second = View(e, 1);
        Number invariance = Mean(first.SelectMany((row, k) => row.Zip(second[k], (x, y) => (x - y) * (x - y))));
        return (a.Invariance * invariance) + OfView(first) + OfView(second);

        Number OfView(Number[][] rows)
        {
            Number Covariance(int i, int j) => Sum(Centred(rows[i]).Zip(Centred(rows[j]), (x, y) => x * y)) / (rows[0].Length - 1);
            int[] values = [.. Enumerable.Range(0, rows.Length)];
            Number variance = Mean(values.Select(i => Max(0, 1 - Sqrt(Covariance(i, i) + 1e-4)))) / 2;
            Number covariance = Sum(values.SelectMany(i => values.Where(j => j != i).Select(j => Covariance(i, j) * Covariance(i, j)))) / rows.Length;
            return (a.Variance * variance) + (a.Covariance * covariance);
        }
    }

    public static Number SimSiam(SimSiamLossAttribute a, Number[][] e, Number[] learned)
    {
        int length = e[0].Length, hidden = a.Hidden > 0 ? a.Hidden : Math.Max(1, length / 4);
        Number[][] inner = [.. learned[..(hidden * length)].Chunk(length)], outer = [.. learned[(hidden * (length + 2))..^length].Chunk(hidden)];
        Number[] gains = learned[(hidden * length)..(hidden * (length + 1))], shifts = learned[(hidden * (length + 1))..(hidden * (length + 2))], biases = learned[^length..];
        Number[][] normalized = [.. inner.Select(weights => Standardized(e.Select(row => Product(row, weights)).ToArray()))];
        Number[][] activations = [.. e.Select((_, i) => normalized.Select((row, h) => Max(0, (gains[h] * row[i]) + shifts[h])).ToArray())];
        Number[][] predictions = [.. activations.Select(row => outer.Select((weights, k) => Product(row, weights) + biases[k]).ToArray())];
        return Mean(predictions.Select((prediction, i) =>
        {
            Number[] target = [.. e[(i + (e.Length / 2)) % e.Length].Select(value => (Number)value.Value)];
            if (prediction.All(value => value.Value == 0))
                return 1; // no direction
            return 1 - (Product(prediction, target) / (Sqrt(Product(prediction, prediction)) * Sqrt(Product(target, target))));
        }));
    }

    // A row for each value.
    private static Number[][] View(Number[][] e, int number)
    {
        Number[][] items = [.. e.Chunk(e.Length / 2).ElementAt(number)];
        return [.. Enumerable.Range(0, items[0].Length).Select(k => items.Select(item => item[k]).ToArray())];
    }

    private static Number[][] Standardized(Number[][] rows) => [.. rows.Select(Standardized)];

    private static Number[] Standardized(Number[] row)
    {
        Number[] centred = Centred(row);
        Number deviation = Sqrt(Mean(centred.Select(value => value * value)) + 1e-5);
        return [.. centred.Select(value => value / deviation)];
    }

    private static Number[] Centred(Number[] row)
    {
        Number mean = Mean(row);
        return [.. row.Select(value => value - mean)];
    }

    private static Number Mean(IEnumerable<Number> terms)
    {
        Number[] all = [.. terms];
        return Sum(all) / all.Length;
    }

    private static Number Product(Number[] a, Number[] b) => Sum(a.Zip(b, (x, y) => x * y));
}
