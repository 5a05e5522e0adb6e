using SiameseGen.Compiler.Model;
using Xunit;

namespace SiameseGen.Generator.Tests.Model;

public class EquatableArrayTests
{
    [Fact]
    public void Lists_are_equal_when_their_elements_are()
    {
        EquatableArray<string> list = EquatableArray.Of("a", "b");

        Assert.Equal(list, EquatableArray.Of("a", "b"));
        Assert.Equal(list.GetHashCode(), EquatableArray.Of("a", "b").GetHashCode());
        Assert.NotEqual(list, EquatableArray.Of("b", "a"));
        Assert.NotEqual(list, EquatableArray.Of("a"));
    }

    [Fact]
    public void The_default_list_is_the_empty_one()
    {
        Assert.Equal(default, EquatableArray.Of<string>());
        Assert.Equal(default(EquatableArray<string>).GetHashCode(), EquatableArray.Of<string>().GetHashCode());
        Assert.Empty(default(EquatableArray<string>));
    }
}
