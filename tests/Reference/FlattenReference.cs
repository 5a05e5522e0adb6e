namespace SiameseGen.Reference;

/// <summary>Reads an image as a vector; the values stay where they are.</summary>
public sealed class FlattenReference : IReferenceLayer
{
    public double[] Forward(double[] input, int items) => input;

    public double[] Backward(double[] outputGradient) => outputGradient;
}
