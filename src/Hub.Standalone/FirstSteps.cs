using Hub.Client;
using Spectre.Console;

namespace Hub.Standalone;

/// <summary>The plain run: one member is ready to submit, and the screen says how.</summary>
internal static class FirstSteps
{
    private const string MemberCode = "UA";
    private static readonly TimeSpan TokenRenewal = TimeSpan.FromMinutes(8);

    public static async Task RunAsync(StandaloneSettings settings, CancellationToken cancellationToken)
    {
        await using var sandbox = await Sandbox.StartAsync(settings, cancellationToken);
        var administration = Samples.ReadAdministrations().Single(a => a.Code == MemberCode);
        var registered = await sandbox.RegisteredAsync(cancellationToken);
        using var member = await sandbox.JoinAsync(administration, registered.Contains($"administrations/{MemberCode}"), cancellationToken);
        var tokenFile = Path.Combine(settings.ClientsFolder, $"{Sandbox.ClientId(MemberCode)}.token");
        await WriteTokenAsync(member, tokenFile, cancellationToken);
        Print(sandbox, tokenFile, await SubmissionAsync(member, cancellationToken));

        // Tokens live ten minutes: the file that curl reads holds a fresh one for as long as the Hub runs.
        using var timer = new PeriodicTimer(TokenRenewal, TimeProvider.System);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = RenewAsync(member, tokenFile, timer, ended.Token);
        await sandbox.WaitForShutdownAsync();
        await ended.CancelAsync();
        await renewing;
    }

    private static async Task RenewAsync(HubClient member, string file, PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await WriteTokenAsync(member, file, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The Hub ends, and with it the tokens.
        }
    }

    private static async Task WriteTokenAsync(HubClient member, string file, CancellationToken cancellationToken)
    {
        var held = await member.Tokens.GetTokenAsync(null, cancellationToken);
        var fresh = File.Exists(file) ? await member.Tokens.GetTokenAsync(held, cancellationToken) : held;
        await SandboxClients.WritePrivateAsync(file, fresh, cancellationToken);
    }

    private static void Print(Sandbox sandbox, string tokenFile, string arguments)
    {
        var settings = sandbox.Settings;
        var key = Path.ChangeExtension(tokenFile, ".pem");
        AnsiConsole.Write(new Markup("[bold]The Hub is running[/] as a sandbox: changes of its registry need no second person. Ctrl+C ends it.\n\n"));
        AnsiConsole.Profile.Out.Writer.WriteLine($"""
              gRPC                              {settings.Grpc}
              JSON, gRPC-Web and the authority  {settings.Http}
              OpenAPI document                  {settings.Http}/openapi/v1.json
              log key, pinned by members        {sandbox.LogKey}
              all data                          {settings.Folder}

            First, as the administration {MemberCode}, with curl:

              curl -s {settings.Http}/v1/whoAmI -H "authorization: Bearer $(cat {tokenFile})"

            {(arguments.Length > 0 ? "Then a submission with a verified receipt, with the SDK:" : "With the SDK, what can be submitted now:")}

              HUB_ADDRESS={settings.Grpc} HUB_ISSUER={settings.Http} HUB_CLIENT_ID={Sandbox.ClientId(MemberCode)} \
              HUB_CLIENT_KEY_FILE={key} HUB_LOG_KEY='{sandbox.LogKey}' \
              dotnet run --project samples/first-submission{arguments}

            Without arguments the sample lists what you can submit. What was published, with the same variables:

              dotnet run --project samples/after-submission -- read COLLECTION INDICATOR
            """);
    }

    /// <summary>What the Hub would take from the member now: an open collection, its indicator, and the public figure of the samples.</summary>
    private static async Task<string> SubmissionAsync(HubClient member, CancellationToken cancellationToken)
    {
        await foreach (var open in member.Catalogue.ListCollectionsAsync(cancellationToken: cancellationToken))
        {
            if (open is { State: CollectionState.Open, OwnStatus: OwnStatus.NotSubmitted, Indicators: [var indicator] }
                && Samples.ReadFigures(Last(indicator)).FirstOrDefault(f => f.Code == MemberCode && f.Year == Last(open.Name)) is { } figure
                && await member.Submissions.ValidateAsync(new SubmissionDraft(open.Name, (indicator, Figure.Decimal(figure.Value))), cancellationToken) is [])
            {
                return $" -- {open.Name} {Last(indicator)} {figure.Value}";
            }
        }

        return "";
    }

    private static string Last(string name) => name[(name.LastIndexOf('/') + 1)..];
}
