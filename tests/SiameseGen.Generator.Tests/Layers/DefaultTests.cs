using System.Globalization;
using System.Reflection;
using SiameseGen.Compiler;
using SiameseGen.Compiler.Model;
using Xunit;

namespace SiameseGen.Generator.Tests.Layers;

/// <summary>What an attribute says of its defaults is what the compiler takes for them.</summary>
public class DefaultTests
{
    public static TheoryData<string, string> Properties()
    {
        TheoryData<string, string> rows = [];
        IEnumerable<Type> kinds = typeof(EncoderAttribute).Assembly.GetExportedTypes().Where(type => !type.IsAbstract
            && !type.IsGenericType // what puts in a block hands its options to the block's layers
            && type != typeof(RegularFaceRegularizerAttribute) && type != typeof(SparseCentersRegularizerAttribute) // they stand beside a loss, and then both have a weight that is set
            && (type.IsSubclassOf(typeof(InputAttribute)) || type.IsSubclassOf(typeof(LayerAttribute)) || type.IsSubclassOf(typeof(LossAttribute))));
        foreach (Type type in kinds)
        {
            // A name has no default, and a border of 0 stands for another one where the same size is the default.
            bool same = type == typeof(DepthwiseConv2DAttribute);
            foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && property.Name != nameof(LayerAttribute.Name)
                && !(same && property.Name.StartsWith("Pad", StringComparison.Ordinal) && property.Name != nameof(Padding))))
                rows.Add(type.Name[..^nameof(Attribute).Length], property.Name);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_property_that_is_not_set_has_its_default(string kind, string property)
    {
        Type type = typeof(EncoderAttribute).Assembly.GetType($"SiameseGen.{kind}Attribute", throwOnError: true)!;
        ConstructorInfo constructor = type.GetConstructors().MinBy(constructor => constructor.GetParameters().Length)!;
        object[] positional = [.. constructor.GetParameters().Select(parameter => Convert.ChangeType(5, parameter.ParameterType, CultureInfo.InvariantCulture))];
        object value = type.GetProperty(property)!.GetValue(constructor.Invoke(positional))!;
        AttributeModel unset = new(kind, constructor.GetParameters().Select((parameter, i) => new ArgumentModel(parameter.Name!, positional[i])).ToEquatableArray(), 0);

        // Where learning is a matter of choice, its rate matters once it is chosen.
        if (property == "LearningRateFactor" && type.GetProperty("Learned") is not null)
            unset = unset with { Arguments = unset.Arguments.Append(new ArgumentModel("Learned", 1)).ToEquatableArray() };

        CompilationResult expected = EncoderCompiler.Compile(Around(unset));
        Assert.Empty(expected.Problems);
        Assert.Equal(expected.Source, SourceWith(value is Enum ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : value));
        Assert.NotEqual(expected.Source, SourceWith(Other(value)));

        string? SourceWith(object set) =>
            EncoderCompiler.Compile(Around(unset with { Arguments = unset.Arguments.Append(new ArgumentModel(property, set)).ToEquatableArray() })).Source;
    }

    // An input, the attribute, and a way to a vector, with a loss last.
    private static EncoderModel Around(AttributeModel attribute)
    {
        bool isInput = attribute.Kind is "Image" or "Features", isLoss = attribute.Kind.EndsWith("Loss", StringComparison.Ordinal);
        EncoderModel frame = Declared.Model("[Image(20, 20, Channels = 5), Flatten, Dense(2)]");
        List<AttributeModel> attributes = [.. frame.Attributes];
        if (isInput)
            attributes[0] = attribute;
        else
            attributes.Insert(isLoss ? 3 : attribute.Kind == "Dense" ? 2 : 1, attribute);
        return frame with { Attributes = attributes.Select((each, index) => each with { Index = index }).ToEquatableArray() };
    }

    private static object Other(object value) => value switch
    {
        bool flag => !flag,
        float number => number == 0f ? 0.5f : number / 2,
        int number => number + 1,
        _ => Convert.ToInt32(value, CultureInfo.InvariantCulture) == 0 ? 1 : 0, // another member of an enumeration
    };
}
