using Hub.Privacy.Tests;
using Hub.Privacy.Tests.Utility;

// `dotnet run --project tests/Hub.Privacy.Tests -- utility` prints the tables of src/Hub.Privacy/README.md.
if (args is ["utility"])
{
    Console.Write(UtilityReport.Text(Samples.Read()));
    return 0;
}

return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
        args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
