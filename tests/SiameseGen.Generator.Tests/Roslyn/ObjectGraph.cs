using System.Reflection;
using Xunit;

namespace SiameseGen.Generator.Tests.Roslyn;

/// <summary>Walks everything that an object holds.</summary>
internal static class ObjectGraph
{
    /// <summary>Fails when an object holds, however deep, something of Roslyn: a symbol, syntax, a location, a whole compilation.</summary>
    public static void AssertPlain(object root)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<(object Value, string Path)> open = new([(root, root.GetType().Name)]);
        while (open.TryPop(out (object Value, string Path) next))
        {
            Type type = next.Value.GetType();
            Assert.False(type.FullName!.StartsWith("Microsoft.", StringComparison.Ordinal), $"{next.Path} is a {type}.");
            Assert.False(next.Value is Delegate, $"{next.Path} is a delegate, which may hold anything.");
            if (type.IsPrimitive || next.Value is string || !seen.Add(next.Value))
                continue;
            if (next.Value is Array array)
            {
                foreach (object? element in array)
                    Push(element, $"{next.Path}[]");
            }

            for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
            {
                foreach (FieldInfo field in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    Push(field.GetValue(next.Value), $"{next.Path}.{field.Name}");
            }

            void Push(object? value, string path)
            {
                if (value is not null)
                    open.Push((value, path));
            }
        }
    }
}
