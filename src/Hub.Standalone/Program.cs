using Hub.Standalone;
using Hub.Standalone.Demo;

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
await (settings.IsDemo ? DemoStory.RunAsync(settings, ended.Token) : FirstSteps.RunAsync(settings, ended.Token));
return 0;
