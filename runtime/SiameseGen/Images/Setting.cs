using System.Globalization;

namespace SiameseGen.Images;

/// <summary>Checks of settings.</summary>
internal static class Setting
{
    /// <summary>A value from 0 to a largest one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="largest">The largest.</param>
    /// <param name="name">The setting's name.</param>
    /// <param name="what">What it is.</param>
    public static float Within(float value, float largest, string name, string what) =>
        value >= 0f && value <= largest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {what}, from 0 to {largest}."));

    /// <summary>A value from a least to a largest one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="least">The least.</param>
    /// <param name="largest">The largest.</param>
    /// <param name="name">The setting's name.</param>
    /// <param name="what">What it is.</param>
    public static float Between(float value, float least, float largest, string name, string what) =>
        value >= least && value <= largest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {what}, from {least} to {largest}."));

    /// <summary>A finite number.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The setting's name.</param>
    public static float Finite(float value, string name) =>
        float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is the value of a pixel, a finite number.");
}
