#pragma warning disable IDE0130 // The compiler looks for these types in this namespace.
namespace System.Runtime.CompilerServices;

/// <summary>Lets a netstandard2.0 assembly declare records and <c>init</c> accessors.</summary>
internal static class IsExternalInit;

/// <summary>Lets a netstandard2.0 assembly declare <c>required</c> members.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
internal sealed class RequiredMemberAttribute : Attribute;

/// <summary>Goes with <see cref="RequiredMemberAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    /// <summary>The feature that a compiler must know to use the member.</summary>
    public string FeatureName { get; } = featureName;
}
