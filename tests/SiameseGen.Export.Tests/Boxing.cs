using System.Reflection;

namespace SiameseGen.Export.Tests;

/// <summary>Enrolment of a verifier that is known at run time only.</summary>
/// <param name="input">The input.</param>
/// <param name="bytes">Receives the bytes of the template.</param>
/// <returns>The template.</returns>
internal delegate object Enrol(float[] input, out byte[] bytes);

/// <summary>Calls of methods that take spans, which reflection cannot pass.</summary>
internal static class Boxing
{
    private delegate TTemplate OfSpan<TTemplate>(ReadOnlySpan<float> input);

    private delegate TTemplate InWorkspace<TTemplate>(ReadOnlySpan<float> input, Span<byte> workspace);

    /// <summary>A method that makes a template of a span of floats, as one that takes an array.</summary>
    /// <param name="method">The method.</param>
    /// <param name="workspaceLength">Bytes that it works in, if it asks for them.</param>
    /// <param name="garbage">What they are before.</param>
    public static Enrol MakeBoxed(this MethodInfo method, int workspaceLength = 0, byte garbage = 0xA5) =>
        (Enrol)typeof(Boxing).GetMethod(nameof(Box), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(method.ReturnType).Invoke(null, [method, workspaceLength, garbage])!;

    private static Enrol Box<TTemplate>(MethodInfo method, int workspaceLength, byte garbage)
        where TTemplate : struct, Verification.ITemplate<TTemplate>
    {
        InWorkspace<TTemplate> enrol = method.GetParameters().Length == 2 ? method.CreateDelegate<InWorkspace<TTemplate>>() : Alone(method.CreateDelegate<OfSpan<TTemplate>>());
        return (float[] input, out byte[] bytes) =>
        {
            // What was there before must not matter, nor where it begins.
            byte[] workspace = new byte[workspaceLength + 1];
            Array.Fill(workspace, garbage);
            TTemplate template = enrol(input, workspace.AsSpan(1));
            bytes = template.Bytes.ToArray();
            return template;
        };
    }

    private static InWorkspace<TTemplate> Alone<TTemplate>(OfSpan<TTemplate> enrol) => (input, _) => enrol(input);
}
