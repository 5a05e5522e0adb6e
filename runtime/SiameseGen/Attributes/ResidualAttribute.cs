namespace SiameseGen;

/// <summary>
/// Adds what arrives to what a block makes of it: y = x + block(x), with an identity shortcut (He, Zhang, Ren and Sun, <i>Deep Residual Learning for Image
/// Recognition</i>, 2016). The block must keep the shape; one that changes it takes a <see cref="ResidualAttribute{TBlock, TProjection}"/>.
/// </summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ResidualAttribute<TBlock> : WeightedLayerAttribute
    where TBlock : class;

/// <summary>
/// Adds what a projection makes of what arrives to what a block makes of it: y = projection(x) + block(x) (He, Zhang, Ren and Sun, 2016). Both must end in
/// the same shape. The usual projection is a <see cref="Conv2DAttribute"/> with <c>Kernel = 1</c> and the block's stride, then <see cref="BatchNormAttribute"/>.
/// </summary>
/// <typeparam name="TBlock">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="TProjection">Another one.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ResidualAttribute<TBlock, TProjection> : WeightedLayerAttribute
    where TBlock : class
    where TProjection : class;
