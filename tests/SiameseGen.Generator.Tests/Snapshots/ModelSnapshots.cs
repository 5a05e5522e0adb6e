using SiameseGen.Compiler;
using SiameseGen.Testing;
using Xunit;

namespace SiameseGen.Generator.Tests.Snapshots;

/// <summary>Generated files and plans of whole models.</summary>
public class ModelSnapshots
{
    [Theory]
    [MemberData(nameof(SampleModels.Names), MemberType = typeof(SampleModels))]
    public void File_of(string model)
    {
        CompilationResult result = EncoderCompiler.Compile(Declared.Model(SampleModels.All[model], model));
        Assert.Empty(result.Problems);
        Snapshot.Verify(result.Source!, model, "cs");
    }

    [Theory]
    [MemberData(nameof(SampleModels.Names), MemberType = typeof(SampleModels))]
    public void Plan_of(string model)
    {
        Snapshot.Verify(EncoderCompiler.Compile(Declared.Model(SampleModels.All[model], model)).Plan!, model);
    }
}
