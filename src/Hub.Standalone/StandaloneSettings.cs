using System.Globalization;

namespace Hub.Standalone;

/// <summary>What the command line asks for.</summary>
internal sealed record StandaloneSettings
{
    public const string Usage = """
        Usage: dotnet run --project src/Hub.Standalone [-- [demo [--keep]] [--folder PATH] [--grpc-port N] [--http-port N]]

          (nothing)        runs the Hub until Ctrl+C, on SQLite in ./hub-data
          demo             shows the main job on real figures in a folder of its own, and ends by itself
          --keep           leaves the demo's folder as an earlier run left it
          --help           prints this
          --folder PATH    where all data lie
          --grpc-port N    gRPC over HTTP/2, on loopback (7001; the demo takes a free one)
          --http-port N    JSON, gRPC-Web and the authority over HTTP/1.1, on loopback (7002; the demo takes a free one)
        """;

    public bool IsDemo { get; init; }

    public bool Keep { get; init; }

    public string Folder { get; init; } = Path.GetFullPath("hub-data");

    public int GrpcPort { get; init; } = 7001;

    public int HttpPort { get; init; } = 7002;

    public string AuthorityFolder => Path.Combine(Folder, "authority");

    public string LedgerFolder => Path.Combine(Folder, "ledger");

    public string KeysFolder => Path.Combine(Folder, "keys");

    /// <summary>Private keys of the sandbox's own clients.</summary>
    public string ClientsFolder => Path.Combine(Folder, "clients");

    /// <summary>Addresses as they are shown: without a slash at the end, so that a path can follow.</summary>
    public string Grpc => $"http://127.0.0.1:{GrpcPort}";

    public string Http => $"http://127.0.0.1:{HttpPort}";

    public Uri GrpcAddress => new(Grpc);

    public Uri HttpAddress => new(Http);

    /// <summary>The settings, or what is wrong with the arguments.</summary>
    public static (StandaloneSettings? Settings, string? Mistake) Parse(IReadOnlyList<string> args)
    {
        var settings = new StandaloneSettings();
        if (args is ["demo", ..])
        {
            settings = settings with { IsDemo = true, Folder = Path.GetFullPath(Path.Combine("hub-data", "demo")), GrpcPort = 0, HttpPort = 0 };
            args = [.. args.Skip(1)];
        }

        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--keep" when settings.IsDemo:
                    settings = settings with { Keep = true };
                    continue;
                case "--folder" when value is not null:
                    settings = settings with { Folder = Path.GetFullPath(value) };
                    break;
                case "--grpc-port" when Port(value) is { } port:
                    settings = settings with { GrpcPort = port };
                    break;
                case "--http-port" when Port(value) is { } port:
                    settings = settings with { HttpPort = port };
                    break;
                default:
                    return (null, $"Not understood: {args[i]}{(value is null ? "" : $" {value}")}");
            }

            i++;
        }

        return (settings, null);
    }

    private static int? Port(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : null;
}
