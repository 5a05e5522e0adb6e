Console.WriteLine("Glyphs");
