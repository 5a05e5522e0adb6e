using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Optimization;

/// <summary>
/// Stochastic gradient descent with momentum (Polyak, 1964), optionally Nesterov's (Sutskever et al., 2013), with PyTorch's semantics:
/// g ← g + λw; b ← µb + g; w ← w − η·b, or w − η·(g + µb) with Nesterov.
/// </summary>
public sealed class Sgd : Optimizer
{
    /// <summary>µ, between 0 (plain descent) and 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public float Momentum
    {
        get;
        init
        {
            RequireShare(value, nameof(Momentum));
            field = value;
        }
    } = 0.9f;

    /// <summary>Whether the gradient is taken as if the momentum had been followed already.</summary>
    public bool Nesterov { get; init; }

    /// <summary>λ, the pull of weights towards 0, as a part of the gradient.</summary>
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
    public override int Moments => Momentum > 0f ? 1 : 0;

    /// <inheritdoc/>
    public override void Update(
        in UpdateStep step, Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second)
    {
        var rule = new Rule
        {
            Rate = Vector256.Create(step.LearningRate),
            Scale = Vector256.Create(step.GradientScale),
            Decay = Vector256.Create(WeightDecay * step.WeightDecayFactor),
            Momentum = Vector256.Create(Momentum),
            Nesterov = Nesterov,
        };
        ElementWise.Run(rule, values, gradients, first, second);
    }

    private readonly struct Rule : IUpdateRule
    {
        public required Vector256<float> Rate { get; init; }

        public required Vector256<float> Scale { get; init; }

        public required Vector256<float> Decay { get; init; }

        public required Vector256<float> Momentum { get; init; }

        public required bool Nesterov { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref Vector256<float> values, Vector256<float> gradients, ref Vector256<float> first, ref Vector256<float> second)
        {
            Vector256<float> gradient = (gradients * Scale) + (values * Decay);
            first = (first * Momentum) + gradient;
            values -= (Nesterov ? gradient + (first * Momentum) : first) * Rate;
        }
    }
}
