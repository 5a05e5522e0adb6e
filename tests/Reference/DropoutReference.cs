namespace SiameseGen.Reference;

/// <summary>In training, what a mask drops becomes 0 and the rest is divided by 1 − rate.</summary>
/// <param name="rate">The probability that the mask was drawn with.</param>
/// <param name="drops">Whether a value is dropped: the item's number and the value's within the item.</param>
public sealed class DropoutReference(double rate, Func<int, int, bool> drops) : IReferenceLayer
{
    private int _items;

    public double[] Forward(double[] input, int items)
    {
        _items = items;
        return Apply(input);
    }

    public double[] Backward(double[] outputGradient) => Apply(outputGradient);

    public double[] Infer(double[] input, int items) => input;

    private double[] Apply(double[] values)
    {
        int length = values.Length / _items;
        return [.. values.Select((value, i) => drops(i / length, i % length) ? 0 : value / (1 - rate))];
    }
}
