using Hub.Client;
using Hub.Standalone;
using Hub.Standalone.Demo;

if (args is ["--help" or "-h" or "help"])
{
    Console.WriteLine(StandaloneSettings.Usage);
    return 0;
}

var (settings, mistake) = StandaloneSettings.Parse(args);
if (settings is null)
{
    await Console.Error.WriteLineAsync(mistake);
    await Console.Error.WriteLineAsync(StandaloneSettings.Usage);
    return 2;
}

using var ended = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    ended.Cancel();
};
try
{
    using var folder = DataFolder.Take(settings.Folder, empty: settings is { IsDemo: true, Keep: false });
    await (settings.IsDemo ? DemoStory.RunAsync(settings, ended.Token) : FirstSteps.RunAsync(settings, ended.Token));
    return 0;
}
catch (Exception e) when (e is StartException or HubException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (OperationCanceledException) when (ended.IsCancellationRequested)
{
    return 130;
}
