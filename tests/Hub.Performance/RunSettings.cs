using System.Globalization;

namespace Hub.Performance;

/// <summary>What the command line asks for.</summary>
internal sealed record RunSettings(string Verb)
{
    public int Rounds { get; init; } = 3;

    public int Seconds { get; init; } = 4;

    public bool Json { get; init; }

    /// <summary>The Hub.Standalone.dll to be started; null: as it was built here.</summary>
    public string? Program { get; init; }

    public string? PlanFile { get; init; }

    /// <summary>The settings, or null if the arguments are not understood.</summary>
    public static RunSettings? Parse(string[] args)
    {
        if (args is ["generate", var file])
        {
            return new RunSettings("generate") { PlanFile = file };
        }

        var settings = args.Length == 0 ? null : new RunSettings(args[0]);
        for (var i = 1; i < args.Length && settings is not null; i++)
        {
            settings = args[i] switch
            {
                "--json" => settings with { Json = true },
                "--program" when i + 1 < args.Length => settings with { Program = args[++i] },
                "--rounds" => Number(args, ++i) is { } rounds ? settings with { Rounds = rounds } : null,
                "--seconds" => Number(args, ++i) is { } seconds ? settings with { Seconds = seconds } : null,
                _ => null,
            };
        }

        return settings;
    }

    private static int? Number(string[] args, int at) =>
        at < args.Length && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 100
            ? number
            : null;
}
