using System.Text;
using SiameseGen.Tool;

Console.OutputEncoding = Encoding.UTF8;
return await SiameseCommand.Make().Parse(args).InvokeAsync();
