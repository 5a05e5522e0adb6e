namespace SiameseGen.Images;

/// <summary>An affine map of the plane, x right and y down: x' = Xx·x + Xy·y + X, y' = Yx·x + Yy·y + Y.</summary>
internal readonly record struct PlaneMap(double Xx, double Xy, double X, double Yx, double Yy, double Y)
{
    /// <summary>
    /// From where a pixel is after a picture was mirrored, stretched, sheared, turned and moved, in this order, to where it was before. Both are in pixels from the middle.
    /// </summary>
    /// <param name="degrees">The turn, clockwise.</param>
    /// <param name="wider">How many times wider the picture became; negative for mirrored.</param>
    /// <param name="higher">How many times higher; negative for upside down.</param>
    /// <param name="shear">How far a row was moved to the right for each pixel that it lies below the middle.</param>
    /// <param name="right">How far everything was moved to the right.</param>
    /// <param name="down">How far down.</param>
    public static PlaneMap Back(double degrees, double wider, double higher, double shear, double right, double down)
    {
        (double sin, double cos) = Angle.SinCos(degrees);
        double xx = (cos + (shear * sin)) / wider, xy = (sin - (shear * cos)) / wider, yx = -sin / higher, yy = cos / higher;
        return new PlaneMap(xx, xy, -((xx * right) + (xy * down)), yx, yy, -((yx * right) + (yy * down)));
    }

    /// <summary>The same map from rows and columns of one picture to rows and columns of another that covers the same square.</summary>
    /// <param name="from">The picture whose pixels are asked for.</param>
    /// <param name="to">The one that has them.</param>
    public PlaneMap OfPixels(InputShape from, InputShape to)
    {
        double across = (double)to.Width / from.Width, down = (double)to.Height / from.Height;
        double middleX = (from.Width - 1) / 2.0, middleY = (from.Height - 1) / 2.0;
        return new PlaneMap(
            across * Xx, across * Xy, (across * (X - (Xx * middleX) - (Xy * middleY))) + ((to.Width - 1) / 2.0),
            down * Yx, down * Yy, (down * (Y - (Yx * middleX) - (Yy * middleY))) + ((to.Height - 1) / 2.0));
    }
}
