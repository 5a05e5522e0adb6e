namespace SiameseGen.Compiler.Model;

/// <summary>Identifiers of everything that can be wrong with a model. Each constant tells what fills the holes of its message.</summary>
public static class ProblemIds
{
    /// <summary>The class is not partial. {0} class.</summary>
    public const string NotPartial = "SG0001";

    /// <summary>The class is nested in a type that is not partial. {0} class, {1} containing type.</summary>
    public const string NestedInNonPartial = "SG0002";

    /// <summary>The class, or a type around it, is generic. {0} class.</summary>
    public const string Generic = "SG0003";

    /// <summary>The model has no input. {0} class.</summary>
    public const string NoInput = "SG0004";

    /// <summary>The model has two inputs; reported at the second. {0} class, {1} first input, {2} second input.</summary>
    public const string TwoInputs = "SG0005";

    /// <summary>SiameseGen attributes are spread over several partial declarations, whose order is not defined. {0} class.</summary>
    public const string SpreadOverDeclarations = "SG0006";

    /// <summary>The model has no layers. {0} class.</summary>
    public const string NoLayers = "SG0007";

    /// <summary>A user's name collides with a generated one. {0} class, {1} colliding name.</summary>
    public const string NameCollision = "SG0008";

    /// <summary>
    /// The class is static, abstract, a record or local to its file, or has a base class or a primary constructor. {0} class, {1} what it is,
    /// such as <c>abstract</c>.
    /// </summary>
    public const string UnsupportedClass = "SG0009";

    /// <summary>A constructor of the class does not call the generated one. {0} class, {1} constructor such as <c>Encoder(string)</c>.</summary>
    public const string ConstructorNotChained = "SG0010";

    /// <summary>The class has a required member. {0} class, {1} member.</summary>
    public const string RequiredMember = "SG0011";

    /// <summary>The project's version of C# is older than what generated code needs. {0} class, {1} version, {2} version needed.</summary>
    public const string LanguageTooOld = "SG0012";

    /// <summary>A dense layer on an image. {0} layer such as <c>Dense(64)</c>, {1} arriving shape, {2} its length once flattened.</summary>
    public const string NeedsFlatten = "SG0101";

    /// <summary>A kernel larger than the padded image. {0} layer, {1} kernel such as <c>5×5</c>, {2} arriving shape, {3} remedy.</summary>
    public const string KernelTooLarge = "SG0102";

    /// <summary>A pooling window larger than the image, so that nothing is left. {0} layer, {1} window, {2} arriving shape, {3} remedy.</summary>
    public const string NothingLeft = "SG0103";

    /// <summary>A size below 1 or above its maximum. {0} attribute, {1} argument, {2} value, {3} lowest allowed, {4} highest allowed.</summary>
    public const string SizeOutOfRange = "SG0104";

    /// <summary>A layer for images after the image has become a vector. {0} layer, {1} arriving shape, {2} remedy.</summary>
    public const string NeedsImage = "SG0105";

    /// <summary>The model ends in an image. {0} class, {1} final shape, {2} its length once flattened.</summary>
    public const string EndsInImage = "SG0106";

    /// <summary>A rate, slope or constant outside its range. {0} attribute, {1} argument, {2} value, {3} range such as <c>[0, 1)</c>.</summary>
    public const string ValueOutOfRange = "SG0107";

    /// <summary>A tensor or the sum of all has more floats than can be addressed. {0} layer, {1} what is too large, {2} its size, {3} highest allowed.</summary>
    public const string TooLarge = "SG0108";

    /// <summary>A layer or loss stands before the input. {0} attribute, {1} input.</summary>
    public const string InputNotFirst = "SG0109";

    /// <summary>Groups do not divide the channels. {0} layer, {1} channels, {2} groups, {3} the nearest numbers that do.</summary>
    public const string NotDivisible = "SG0110";

    /// <summary>Two arguments say different things about the same. {0} attribute, {1} argument, {2} what makes it void.</summary>
    public const string Contradiction = "SG0111";

    /// <summary>The model has two losses; reported at the second. {0} class, {1} first loss, {2} second loss.</summary>
    public const string TwoLosses = "SG0201";

    /// <summary>A margin is not a positive, finite number. {0} loss, {1} value.</summary>
    public const string MarginOutOfRange = "SG0202";

    /// <summary>Training an encoder that declares no loss; reported by the analyzer where the trainer is made. {0} class.</summary>
    public const string TrainingNeedsLoss = "SG0203";

    /// <summary>A margin that no distance reaches. {0} loss, {1} margin, {2} distance in words, {3} its largest value.</summary>
    public const string UnreachableMargin = "SG0204";

    /// <summary>A loss of the user's that generated code cannot name. {0} type.</summary>
    public const string LossNotVisible = "SG0205";

    /// <summary>A triplet margin on embeddings of any length, which satisfy it by growing. {0} loss, {1} margin.</summary>
    public const string MarginWithoutScale = "SG0206";

    /// <summary>A regularizer of learned vectors in a model whose losses learn none. {0} regularizer.</summary>
    public const string NothingToRegularize = "SG0207";

    /// <summary>An input of constant length that the encoder does not take. {0} encoder, {1} its input in words, {2} length.</summary>
    public const string WrongInputLength = "SG0301";

    /// <summary>Batches that the encoder's loss does not accept. {0} sampler, {1} its batches, {2} encoder, {3} loss, {4} samplers that fit.</summary>
    public const string WrongSampler = "SG0302";

    /// <summary>P×K batches that do not come out even. {0} what, {1} remedy.</summary>
    public const string UnevenBatch = "SG0303";

    /// <summary>What an attribute puts in is no block. {0} attribute, {1} type.</summary>
    public const string NotABlock = "SG0401";

    /// <summary>A block is put into itself. {0} attribute, {1} the way round, such as <c>A → B → A</c>.</summary>
    public const string BlockCycle = "SG0402";

    /// <summary>A block has an input or a loss, which only encoders have. {0} block, {1} attribute.</summary>
    public const string NoPartOfBlock = "SG0403";

    /// <summary>A block has no layers. {0} block.</summary>
    public const string EmptyBlock = "SG0404";

    /// <summary>The two branches of a residual block end in different shapes. {0} attribute, {1} shape of the block, {2} shape beside it, {3} remedy.</summary>
    public const string BranchesDiffer = "SG0405";

    /// <summary>All blocks put in, there are too many layers. {0} attribute, {1} highest allowed.</summary>
    public const string TooManyLayers = "SG0406";

    /// <summary>A layer's name is no name or taken. {0} attribute, {1} name, {2} what is wrong.</summary>
    public const string BadName = "SG0407";

    /// <summary>The encoder takes more than its budget. {0} class, {1} needed, {2} of what, {3} allowed, {4} the layer that takes most, {5} its attribute.</summary>
    public const string OverBudget = "SG0501";

    /// <summary>The verifier's class is not as it has to be. {0} class, {1} what is wrong and what to do.</summary>
    public const string VerifierDeclaration = "SG0601";

    /// <summary>A verifier of a class that is no encoder, or has mistakes. {0} class, {1} encoder.</summary>
    public const string VerifierOfBrokenEncoder = "SG0602";

    /// <summary>There is no artifact of that name. {0} class, {1} path.</summary>
    public const string ArtifactMissing = "SG0603";

    /// <summary>An artifact that cannot be read. {0} class, {1} path, {2} why.</summary>
    public const string ArtifactDamaged = "SG0604";

    /// <summary>An artifact of another encoder. {0} class, {1} path, {2} encoder, {3} the first difference.</summary>
    public const string ArtifactOfAnother = "SG0605";

    /// <summary>An artifact of another precision. {0} class, {1} precision asked for, {2} path, {3} its precision.</summary>
    public const string PrecisionDiffers = "SG0606";

    /// <summary>An encoder that cannot be carried out in integers. {0} class, {1} encoder, {2} why.</summary>
    public const string NoIntegerForm = "SG0607";

    /// <summary>Several artifacts have that name. {0} class, {1} path, {2} the files.</summary>
    public const string ArtifactAmbiguous = "SG0608";

    /// <summary>The generator itself failed. {0} class, {1} exception type, {2} message.</summary>
    public const string InternalFailure = "SG9999";

    /// <summary>Whether another part of a class with this problem can be written: its members, without anything in them.</summary>
    /// <param name="id">The problem.</param>
    public static bool LeavesRoom(string id) =>
        id is not (NotPartial or NestedInNonPartial or Generic or UnsupportedClass or NameCollision or LanguageTooOld);
}
