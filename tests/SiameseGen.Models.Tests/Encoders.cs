using System.Reflection;
using SiameseGen.Models;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>All encoders of the project of models.</summary>
internal static class Encoders
{
    /// <summary>All whose loss has a reference: a loss of the user's own has tests of its own.</summary>
    public static TheoryData<string> Names =>
        [.. All.Where(type => !type.GetCustomAttributes<LossAttribute>().Any(loss => loss.GetType().IsGenericType)).Select(type => type.Name)];

    private static IEnumerable<Type> All =>
        typeof(SmallGlyphs).Assembly.GetTypes().Where(type => type.GetCustomAttribute<EncoderAttribute>() is not null).OrderBy(type => type.Name, StringComparer.Ordinal);

    public static Type Named(string name) => typeof(SmallGlyphs).Assembly.GetType($"SiameseGen.Models.{name}", throwOnError: true)!;
}
