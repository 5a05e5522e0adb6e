#pragma warning disable IDE0130 // The compiler looks for this type in this namespace.
namespace System.Diagnostics.CodeAnalysis;

/// <summary>Lets a netstandard2.0 assembly declare records with <c>required</c> members.</summary>
[AttributeUsage(AttributeTargets.Constructor, Inherited = false)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
