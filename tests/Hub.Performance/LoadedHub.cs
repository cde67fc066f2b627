using Hub.Client;
using Hub.Silo.Ledger;
using Hub.Testing;
using Orleans.Runtime;

namespace Hub.Performance;

/// <summary>The real silo on real sockets and an empty ledger, with a synthetic catalogue and all its members registered.</summary>
internal sealed class LoadedHub : IAsyncDisposable
{
    private static readonly TimeSpan PublishLead = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly HubFixture hub;
    private readonly int periods;

    private LoadedHub(HubFixture hub, int periods) => (this.hub, this.periods) = (hub, periods);

    public string DataFolder => hub.DataFolder;

    /// <param name="catalogue">A folder that is written here.</param>
    /// <param name="periods">Collections that are open.</param>
    /// <param name="batchMax">Appends of one transaction.</param>
    public static async Task<LoadedHub> StartAsync(string catalogue, int periods, int batchMax = Limits.BatchMax)
    {
        SyntheticCatalogue.Write(catalogue, periods, TimeProvider.System.GetUtcNow());
        var hub = await HubFixture.StartAsync(options =>
        {
            (options.Kestrel, options.CatalogueFolder) = (true, catalogue);
            options.Services = services =>
            {
                // The fixture keeps what is logged: at Information that would be several records in memory for each call.
                services.Configure<LoggerFilterOptions>(logging => logging.MinLevel = LogLevel.Warning);
                var ledger = (LedgerOptions)services.Last(s => s.ServiceType == typeof(LedgerOptions)).ImplementationInstance!;
                services.AddSingleton(new LedgerOptions { DataFolder = ledger.DataFolder, KeysFolder = ledger.KeysFolder, Origin = ledger.Origin, BatchMax = batchMax });
            };
        });
        using var operating = hub.Operator();
        foreach (var code in LoadPlan.Codes)
        {
            await operating.Registry.ProposeRegistrationAsync(new Administration($"administrations/{code}", $"synthetic {code}"), "A synthetic member.");
        }

        return new LoadedHub(hub, periods);
    }

    public LoadPlan Plan(int warmUpSeconds, int seconds)
    {
        var tokens = LoadPlan.Codes.ToDictionary(code => code, code => hub.MachineToken($"synthetic-{code}", code, "hub.submit", "hub.read"));
        return new LoadPlan(hub.GrpcAddress, warmUpSeconds, seconds, periods, new(tokens), hub.LogKey);
    }

    /// <summary>All members submit to one period.</summary>
    public Task SubmitAsync(int period) => SubmitAsync(period, 0, LoadPlan.Administrations);

    /// <summary>The members from one number to before another submit to one period.</summary>
    public async Task SubmitAsync(int period, int from, int to)
    {
        var requests = new LoadRequests(Plan(0, 0) with { FirstPeriod = period });
        using var channel = hub.Channel();
        var client = new V1.SubmissionService.SubmissionServiceClient(channel);
        for (var i = from; i < to; i++)
        {
            var (request, headers) = requests.Submit(i);
            await client.CreateSubmissionAsync(request, headers);
        }
    }

    /// <summary>Takes the grains of all administrations out of memory, as time would.</summary>
    public Task PutToSleepAsync() =>
        hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public async Task CloseAsync(int period)
    {
        using var operating = hub.Operator();
        await operating.Catalogue.CloseCollectionAsync(SyntheticCatalogue.Collection(period), "All synthetic members have submitted.");
    }

    /// <summary>Asks for one more release of a closed period and waits until it is computed.</summary>
    public async Task<Proposal> ProposeAsync(int period, CancellationToken cancellationToken = default)
    {
        using var proposer = hub.Person("synthetic-proposer", "hub.review");
        var asked = await proposer.Releases.ProposeAsync(SyntheticCatalogue.Collection(period), "Synthetic.", cancellationToken: cancellationToken);
        return await proposer.Releases.GetComputedAsync(asked.Name, cancellationToken);
    }

    /// <summary>Has a computed release reviewed and waits until it is open.</summary>
    public async Task PublishAsync(Proposal computed)
    {
        using var reviewer = hub.Person("synthetic-reviewer", "hub.review");
        await reviewer.Releases.ReviewAsync(await reviewer.Releases.GetAsync(computed.Name), Verdict.Approve);
        using var operating = hub.Operator();
        await operating.Releases.ScheduleAsync(computed.Name, TimeProvider.System.GetUtcNow() + PublishLead);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await foreach (var change in operating.Benchmarks.WatchAsync(cancellationToken: patience.Token))
        {
            if (change.Release.Name == computed.Name)
            {
                return;
            }
        }
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
