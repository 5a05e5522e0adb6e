namespace SiameseGen.Losses;

/// <summary>The mean, over the learned vectors, of the cosine to the closest vector of another class: pushes classes apart (Zhao, Xu and Cheng, "RegularFace: Deep Face Recognition via Exclusive Regularization", 2019).</summary>
public sealed class RegularFaceRegularizer : WeightRegularizer
{
    /// <inheritdoc/>
    public override string Name => "RegularFace regularizer";

    private protected override double OfVectors(LossWeights learned, float weight)
    {
        if (learned.Classes < 2)
            return 0;
        double loss = 0;
        for (int i = 0; i < learned.Count; i++)
        {
            int closest = -1;
            float largest = float.NegativeInfinity;
            for (int j = 0; j < learned.Count; j++)
            {
                if (j / learned.PerClass == i / learned.PerClass)
                    continue;
                float cosine = Cosine(learned, i, j);
                if (!(cosine <= largest)) // in this form what is not a number shows in the loss
                    (closest, largest) = (j, cosine);
            }

            loss += largest;
            AddCosine(learned, i, closest, largest, weight / learned.Count);
        }

        return loss / learned.Count;
    }
}
