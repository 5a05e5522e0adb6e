using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Layers;

/// <summary>Checks that something divides into equal parts.</summary>
internal static class Divisors
{
    /// <summary>Whether a number of groups divides channels; else a problem is reported, with the nearest numbers that do.</summary>
    /// <param name="site">Where the layer stands.</param>
    /// <param name="argument">The argument at fault.</param>
    /// <param name="groups">The number of groups, at least 1.</param>
    /// <param name="channels">What is divided.</param>
    public static bool Divide(LayerSite site, string argument, int groups, int channels)
    {
        if (channels % groups == 0)
            return true;
        int below = Math.Min(groups, channels), above = groups;
        while (channels % below != 0)
            below--;
        while (above < channels && channels % above != 0)
            above++;
        string nearest = above >= channels || below == channels ? Text.Number(below) : $"{Text.Number(below)} or {Text.Number(above)}";
        site.Problems.Report(ProblemIds.NotDivisible, site.Attribute, argument, Text.Brief(site.Attribute), Text.Number(channels), Text.Number(groups), nearest);
        return false;
    }
}
