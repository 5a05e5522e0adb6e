using SiameseGen.Optimization;
using SiameseGen.Tests.Training;
using Xunit;

namespace SiameseGen.Tests.Optimization;

public class OptimizerTests
{
    private const int Steps = 25;

    public static TheoryData<string, bool> Cases() => new()
    {
        { "sgd", true }, { "momentum", true }, { "momentum", false }, { "nesterov", true }, { "adam", true }, { "adam", false }, { "adamw", true }, { "adamw", false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Updates_agree_with_the_rule_in_double_precision(string name, bool decays)
    {
        (Optimizer optimizer, Func<int, double[], double, double, double> rule) = Case(name, decays);
        EncoderInfo info = DenseEncoder<DeclaredTriplet>.Info;
        var state = new OptimizerState(optimizer, info);
        int count = info.ParameterCount; // 65: eights and a rest
        float[] values = new float[count], gradients = new float[count];
        double[] exact = new double[count];
        double[][] remembered = [.. exact.Select(_ => new double[2])];
        var random = new CounterRandom(4, CounterRandom.Purpose.Data, 0);
        for (int i = 0; i < count; i++)
            exact[i] = values[i] = random.NextSingle(-1f, 1f);
        for (int step = 1; step <= Steps; step++)
        {
            foreach (ref float gradient in gradients.AsSpan())
                gradient = random.NextSingle(-0.1f, 0.3f);
            state.Update(new UpdateStep(step, 0.01f, 0.5f, decays ? 1f : 0f), 0, values, gradients);
            for (int i = 0; i < count; i++)
                exact[i] = rule(step, remembered[i], exact[i], gradients[i] * 0.5);
        }

        for (int i = 0; i < count; i++)
            Assert.Equal(exact[i], values[i], 2e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_division_into_parts_gives_the_same_bits(string name, bool decays)
    {
        EncoderInfo info = DenseEncoder<DeclaredTriplet>.Info;
        float[] whole = Train([info.ParameterCount]), parts = Train([1, 9, 3, 30, 22]);
        Assert.Equal(whole.Select(BitConverter.SingleToInt32Bits), parts.Select(BitConverter.SingleToInt32Bits));

        float[] Train(int[] lengths)
        {
            var state = new OptimizerState(Case(name, decays).Optimizer, info);
            var random = new CounterRandom(4, CounterRandom.Purpose.Data, 0);
            float[] values = new float[info.ParameterCount], gradients = new float[info.ParameterCount];
            Array.Fill(values, 0.3f);
            for (int step = 1; step <= 5; step++)
            {
                foreach (ref float gradient in gradients.AsSpan())
                    gradient = random.NextSingle(-0.1f, 0.3f);
                int start = 0;
                foreach (int length in lengths)
                {
                    state.Update(new UpdateStep(step, 0.01f, 0.7f, decays ? 1f : 0f), start, values.AsSpan(start, length), gradients.AsSpan(start, length));
                    start += length;
                }
            }

            return values;
        }
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { Momentum = 1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Beta1 = -0.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW { WeightDecay = float.NaN });
        Assert.Equal(0.01f, new AdamW().WeightDecay);
        Assert.Equal(0.02f, new AdamW { WeightDecay = 0.02f }.WeightDecay);
        Assert.Equal(0f, new Adam().WeightDecay);
    }

    // The rules as PyTorch documents them; the array is what the rule remembers of one weight.
    private static (Optimizer Optimizer, Func<int, double[], double, double, double> Rule) Case(string name, bool decays)
    {
        const double rate = 0.01;
        double decay = decays ? 0.1 : 0;
        return name switch
        {
            "sgd" => (new Sgd { Momentum = 0f, WeightDecay = 0.1f }, (_, _, w, g) => w - (rate * (g + (decay * w)))),
            "momentum" => (new Sgd { Momentum = 0.8f, WeightDecay = 0.1f }, (_, m, w, g) =>
            {
                m[0] = (0.8 * m[0]) + g + (decay * w);
                return w - (rate * m[0]);
            }
            ),
            "nesterov" => (new Sgd { Momentum = 0.8f, Nesterov = true, WeightDecay = 0.1f }, (_, m, w, g) =>
            {
                g += decay * w;
                m[0] = (0.8 * m[0]) + g;
                return w - (rate * (g + (0.8 * m[0])));
            }
            ),
            "adam" => (new Adam { Beta2 = 0.99f, WeightDecay = 0.1f }, (t, m, w, g) => AdamRule(t, m, w, g + (decay * w))),
            _ => (new AdamW { Beta2 = 0.99f, WeightDecay = 0.1f }, (t, m, w, g) => AdamRule(t, m, w * (1 - (rate * decay)), g)),
        };

        static double AdamRule(int t, double[] m, double w, double g)
        {
            m[0] = (0.9 * m[0]) + (0.1 * g);
            m[1] = (0.99 * m[1]) + (0.01 * g * g);
            double mean = m[0] / (1 - Math.Pow(0.9, t)), square = m[1] / (1 - Math.Pow(0.99, t));
            return w - (rate * mean / (Math.Sqrt(square) + 1e-8));
        }
    }
}
