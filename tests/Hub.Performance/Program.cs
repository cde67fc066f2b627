using Hub.Performance;

const string usage = """
    Usage: dotnet run -c Release --project tests/Hub.Performance -- VERB

      submit [--rounds N] [--seconds S] [--json]   submissions per second beside an echo and a commit per request
      start [--rounds N] [--program DLL] [--json]  from process start to the first verified receipt, and memory per idle administration
      read [--rounds N] [--seconds S] [--json]     reads of a published benchmark beside an echo of the same bytes
      protect [--rounds N] [--json]                a release's protection beside its statistics alone, by number of indicators
      quiet [--seconds S] [--json]                 100 submissions per second with and without a computation beside them
      check-twins                                  a twin that does not wait for the disk must be refused
    """;

var settings = RunSettings.Parse(args);
switch (settings?.Verb)
{
    case "submit":
        await SubmitMeasurement.RunAsync(settings);
        return 0;
    case "start":
        await StartMeasurement.RunAsync(settings);
        return 0;
    case "read":
        await ReadMeasurement.RunAsync(settings);
        return 0;
    case "protect":
        ProtectMeasurement.Run(settings);
        return 0;
    case "quiet":
        await QuietMeasurement.RunAsync(settings);
        return 0;
    case "check-twins":
        return Durability.CheckTwins(Console.Out) ? 0 : 1;
    case "generate":
        // Not for people: the process in which the load is made.
        await LoadGenerator.RunAsync(settings.PlanFile!, Console.Out);
        return 0;
    default:
        await Console.Error.WriteLineAsync(usage);
        return 2;
}
