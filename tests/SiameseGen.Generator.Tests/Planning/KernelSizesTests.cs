using SiameseGen.Compiler.Planning;
using SiameseGen.Kernels;
using Xunit;

namespace SiameseGen.Generator.Tests.Planning;

/// <summary>The compiler computes sizes without the runtime; they have to be those that the kernels ask for.</summary>
public class KernelSizesTests
{
    [Fact]
    public void Sizes_of_convolutions_are_those_of_the_kernel()
    {
        int[] sides = [1, 2, 7, 14, 28, 33], channels = [1, 3, 16, 65], filters = [1, 15, 16, 64, 70], kernels = [1, 2, 3, 5, 10];
        foreach ((int side, int width, int kernel) in from side in sides from width in sides from kernel in kernels select (side, width, kernel))
        {
            foreach ((int channel, int filter) in from channel in channels from filter in filters select (channel, filter))
            {
                for (int stride = 1; stride <= 3; stride++)
                {
                    int rows = ((side - 1) / stride) + 1, columns = ((width - 1) / stride) + 1, pad = (kernel - 1) / 2, across = (kernel + 1) / 2;
                    for (int dilation = 1; dilation <= 2; dilation++)
                    {
                        var sizes = new Conv2DSizes(side, width, channel, filter, kernel, across, stride, dilation * pad, 0, rows, columns, dilation);
                        var shape = new Conv2DShape(side, width, channel, filter, kernel, across, stride, dilation * pad, 0, rows, columns, dilation);
                        Assert.Equal(
                            (Conv2D.TrainingScratch(shape), Conv2D.InferenceScratch(shape), Conv2D.InferenceScratch(shape, items: 1), Conv2D.PreparedLength(shape)),
                            ((int)KernelSizes.TrainingScratch(sizes), (int)KernelSizes.InferenceScratch(sizes), (int)KernelSizes.InferenceScratch(sizes, items: 1), (int)KernelSizes.PreparedLength(sizes)));
                        var groupedSizes = new GroupedConv2DSizes(3, sizes);
                        var grouped = new GroupedConv2DShape(3, shape);
                        Assert.Equal(
                            (GroupedConv2D.TrainingScratch(grouped), GroupedConv2D.InferenceScratch(grouped), GroupedConv2D.InferenceScratch(grouped, items: 1), GroupedConv2D.PreparedLength(grouped)),
                            ((int)groupedSizes.TrainingScratch, (int)groupedSizes.InferenceScratch, (int)groupedSizes.SingleInferenceScratch, (int)groupedSizes.PreparedLength));
                    }
                }
            }
        }
    }

    [Fact]
    public void Sizes_of_convolutions_of_inputs_are_those_of_the_kernel()
    {
        int[] sides = [2, 7, 14, 28, 33], channels = [1, 3], filters = [1, 8, 15, 64, 70], kernels = [1, 2, 3, 5, 7];
        foreach ((int side, int width, int kernel, int stride) in from side in sides from width in sides from kernel in kernels from stride in (int[])[1, 2] select (side, width, kernel, stride))
        {
            int rows = ((side - 1) / stride) + 1, columns = ((width - 1) / stride) + 1, pad = (kernel - 1) / 2, across = (kernel + 1) / 2;
            foreach ((int channel, int filter) in from channel in channels from filter in filters where rows > 1 && columns > 1 select (channel, filter))
            {
                var sizes = new InputConvolutionSizes(new Conv2DSizes(side, width, channel, filter, kernel, across, stride, pad, 0, rows, columns));
                var shape = new Conv2DShape(side, width, channel, filter, kernel, across, stride, pad, 0, rows, columns);
                Assert.Equal(
                    (Conv2DBatchNormReLUMaxPool.TrainingScratch(shape), Conv2DBatchNormReLUMaxPool.StatisticsLength(shape), Conv2DBatchNormReLUMaxPool.MarksLength(shape)),
                    ((int)sizes.TrainingScratch, (int)sizes.StatisticsLength, (int)sizes.MarksLength));
            }
        }
    }

    [Fact]
    public void Sizes_of_winograd_convolutions_are_those_of_the_kernel()
    {
        int[] heights = [.. Enumerable.Range(1, 34), 100], widths = [1, 2, 3, 7, 14, 28, 33, 100], channels = [1, 3, 16, 65], filters = [1, 15, 16, 64, 70];
        foreach ((int height, int width, int pad) in from height in heights from width in widths from pad in (int[])[0, 1, 2, 3] select (height, width, pad))
        {
            // Borders of 0 and 1 all around; then above and on one side only.
            int top = pad < 2 ? pad : 2 * (pad - 2), left = pad < 2 ? pad : 2 - top, bottom = pad < 2 ? pad : 0, right = pad < 2 ? pad : 1;
            int rows = height - 2 + top + bottom, columns = width - 2 + left + right;
            if (rows < 1 || columns < 1)
                continue;
            foreach ((int channel, int filter) in from channel in channels from filter in filters select (channel, filter))
            {
                var sizes = new Conv2DSizes(height, width, channel, filter, 3, 3, 1, top, left, rows, columns);
                var shape = new Conv2DShape(height, width, channel, filter, 3, 3, 1, top, left, rows, columns);
                ConvolutionAlgorithm winograd = ConvolutionAlgorithm.WinogradAtInference(sizes, sizes);
                Assert.Equal(
                    (WinogradConv2D.TrainingScratch(shape), WinogradConv2D.InferenceScratch(shape), WinogradConv2D.InferenceScratch(shape, items: 1), WinogradConv2D.PreparedLength(shape)),
                    ((int)winograd.TrainingScratch, (int)winograd.InferenceScratch, (int)winograd.SingleInferenceScratch, (int)winograd.Prepared));
            }
        }
    }

    [Fact]
    public void Sizes_of_depthwise_convolutions_are_those_of_the_kernel()
    {
        int[] channels = [1, 7, 8, 9, 16, 65], kernels = [1, 2, 3, 5];
        foreach ((int channel, int kernel) in from channel in channels from kernel in kernels select (channel, kernel))
        {
            for (int stride = 1; stride <= 3; stride++)
            {
                int rows = (6 / stride) + 1, columns = (13 / stride) + 1, pad = (kernel - 1) / 2;
                var sizes = new DepthwiseConv2DSizes(7, 14, channel, kernel, kernel, stride, pad, pad, rows, columns);
                var shape = new DepthwiseConv2DShape(7, 14, channel, kernel, kernel, stride, pad, pad, rows, columns);
                Assert.Equal(
                    (DepthwiseConv2D.TrainingScratch(shape), DepthwiseConv2D.PreparedLength(shape)), ((int)sizes.TrainingScratch, (int)sizes.PreparedLength));
            }
        }
    }

    [Fact]
    public void Sizes_of_dense_layers_are_those_of_the_kernel()
    {
        int[] lengths = [1, 2, 15, 16, 17, 64, 100, 784, 1030, 2050];
        foreach ((int inputs, int outputs) in from inputs in lengths from outputs in lengths select (inputs, outputs))
        {
            var sizes = new DenseSizes(inputs, outputs);
            var shape = new DenseShape(inputs, outputs);
            Assert.Equal(
                (Dense.TrainingScratch(shape), Dense.PreparedLength(shape)),
                ((int)KernelSizes.TrainingScratch(sizes), (int)KernelSizes.PreparedLength(sizes)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void Sizes_of_batch_normalisation_are_those_of_the_kernel(int channels)
    {
        var shape = new BatchNormShape(9, channels, 1e-5f, 0.1f);
        Compiler.Layers.Lowering lowering = Compiled.Plan($"[Image(3, 3, Channels = {channels}), BatchNorm, Flatten]").Graph.Layers[0].Lowering;
        Assert.Equal(
            (BatchNorm.StatisticsLength(shape), BatchNorm.SavedLength(shape), BatchNorm.PreparedLength(shape)),
            ((int)lowering.Statistics, (int)lowering.Saved, (int)lowering.Prepared));
    }
}
