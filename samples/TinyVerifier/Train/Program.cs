using System.Globalization;
using Glyphs;
using Glyphs.Alphabets;
using SiameseGen.Export;
using TinyVerifier.Train;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length is < 2 or > 3)
{
    Console.Error.WriteLine("Usage: TinyVerifier.Train ARTIFACT PICTURES-FOLDER [OMNIGLOT-FOLDER]. The artifact is what the program is compiled with; a few pictures to try it on go into the folder.");
    return 2;
}

try
{
    GlyphData data = args.Length == 3 ? OmniglotData.Load(args[2], CancellationToken.None) : InventedData.Draw(0, CancellationToken.None);
    Console.WriteLine(data.Describe());
    TinyVerifier.TinyGlyphEncoder encoder = await Training.RunAsync(data, Console.WriteLine);
    Console.WriteLine(Shipping.Measure(encoder, data));
    Console.WriteLine(Shipping.Export(encoder, data, args[0]));
    Console.WriteLine(ExamplePictures.Write(data.Evaluation, args[1]));
    return 0;
}
catch (Exception exception) when (exception is UserErrorException or IOException or ExportException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
