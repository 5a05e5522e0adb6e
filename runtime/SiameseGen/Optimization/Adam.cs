using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Optimization;

/// <summary>
/// Adam (Kingma and Ba, 2015) with PyTorch's semantics: weight decay, if any, is a part of the gradient (of weights only, not of biases, gains and shifts). See <see cref="AdamW"/> for decay beside it.
/// </summary>
public class Adam : Optimizer
{
    /// <summary>How slowly the mean of gradients forgets, between 0 and 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public float Beta1
    {
        get;
        init
        {
            RequireShare(value, nameof(Beta1));
            field = value;
        }
    } = 0.9f;

    /// <summary>How slowly the mean of squared gradients forgets, between 0 and 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public float Beta2
    {
        get;
        init
        {
            RequireShare(value, nameof(Beta2));
            field = value;
        }
    } = 0.999f;

    /// <summary>ε, added to the root of the mean square.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 or not finite: a weight without gradient would become 0 / 0.</exception>
    public float Epsilon
    {
        get;
        init
        {
            if (value == 0f)
                throw new ArgumentOutOfRangeException(nameof(Epsilon), value, "Epsilon is above 0.");
            RequireNotNegative(value, nameof(Epsilon));
            field = value;
        }
    } = 1e-8f;

    /// <summary>λ, the pull of weights towards 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init
        {
            RequireNotNegative(value, nameof(WeightDecay));
            field = value;
        }
    }

    /// <inheritdoc/>
    public override int Moments => 2;

    private protected virtual bool DecaysBesideGradient => false;

    /// <inheritdoc/>
    public override void Update(
        in UpdateStep step, Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second)
    {
        float decay = WeightDecay * step.WeightDecayFactor;
        double firstCorrection = 1 - Power(Beta1, step.Number), secondCorrection = 1 - Power(Beta2, step.Number);
        var rule = new Rule
        {
            Scale = Vector256.Create(step.GradientScale),
            GradientDecay = Vector256.Create(DecaysBesideGradient ? 0f : decay),
            Keep = Vector256.Create(DecaysBesideGradient ? 1f - (step.LearningRate * decay) : 1f),
            Beta1 = Vector256.Create(Beta1),
            New1 = Vector256.Create(1f - Beta1),
            Beta2 = Vector256.Create(Beta2),
            New2 = Vector256.Create(1f - Beta2),
            Rate = Vector256.Create((float)(step.LearningRate / firstCorrection)),
            RootFactor = Vector256.Create((float)(1 / Math.Sqrt(secondCorrection))),
            Epsilon = Vector256.Create(Epsilon),
        };
        ElementWise.Run(rule, values, gradients, first, second);
    }

    // By squaring: products of doubles are equal everywhere, the C library's pow is not.
    private static double Power(double value, int exponent)
    {
        double result = 1;
        for (; exponent > 0; exponent >>= 1, value *= value)
        {
            if ((exponent & 1) != 0)
                result *= value;
        }

        return result;
    }

    private readonly struct Rule : IUpdateRule
    {
        public required Vector256<float> Scale { get; init; }

        public required Vector256<float> GradientDecay { get; init; }

        public required Vector256<float> Keep { get; init; }

        public required Vector256<float> Beta1 { get; init; }

        public required Vector256<float> New1 { get; init; }

        public required Vector256<float> Beta2 { get; init; }

        public required Vector256<float> New2 { get; init; }

        public required Vector256<float> Rate { get; init; }

        public required Vector256<float> RootFactor { get; init; }

        public required Vector256<float> Epsilon { get; init; }

        // w ← keep·w; m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; w ← w − η/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε)
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref Vector256<float> values, Vector256<float> gradients, ref Vector256<float> first, ref Vector256<float> second)
        {
            Vector256<float> gradient = (gradients * Scale) + (values * GradientDecay);
            values *= Keep;
            first = (first * Beta1) + (gradient * New1);
            second = (second * Beta2) + (gradient * gradient * New2);
            Vector256<float> root = (Vector256.Sqrt(second) * RootFactor) + Epsilon;
            values -= first * Rate / root;
        }
    }
}

/// <summary>
/// Adam with weight decay beside the gradient, w ← (1 − ηλ)·w (Loshchilov and Hutter, 2019), with PyTorch's semantics and defaults, but
/// of weights only: biases, gains and shifts do not decay.
/// </summary>
public sealed class AdamW : Adam
{
    /// <summary>Makes an optimizer with a weight decay of 0.01.</summary>
    public AdamW() => WeightDecay = 0.01f;

    private protected override bool DecaysBesideGradient => true;
}
