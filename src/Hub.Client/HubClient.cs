using Hub.Transparency;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hub.Client;

/// <summary>
/// The Hub, seen by one caller: tokens that are acquired and renewed by themselves, calls that survive faults, and receipts that are
/// verified before anybody sees them. Make one and keep it; it is safe for any number of threads.
/// </summary>
public sealed class HubClient : IDisposable
{
    private readonly HubConnection connection;
    private readonly NoteVerifier log;

    /// <summary>A client.</summary>
    /// <param name="options">What it needs to know; read once, here.</param>
    /// <exception cref="OptionsValidationException">Options are missing or wrong; every mistake is named.</exception>
    public HubClient(HubClientOptions options) : this(options, NullLoggerFactory.Instance)
    {
    }

    /// <summary>A client that logs what it repeats and renews; never a figure, a token or a key.</summary>
    /// <param name="options">What it needs to know; read once, here.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <exception cref="OptionsValidationException">Options are missing or wrong; every mistake is named.</exception>
    public HubClient(HubClientOptions options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        if (options.Mistakes() is { Count: > 0 } mistakes)
            throw new OptionsValidationException(nameof(HubClientOptions), typeof(HubClientOptions), mistakes);
        log = NoteVerifier.Parse(options.LogKey!);
        connection = new HubConnection(options, loggers);
        var (invoker, calls) = (connection.Invoker, connection.Calls);
        Catalogue = new CatalogueClient(new V1.CatalogueService.CatalogueServiceClient(invoker), calls);
        Registry = new RegistryClient(new V1.RegistryService.RegistryServiceClient(invoker), calls);
        Ledger = new LedgerClient(new V1.LedgerService.LedgerServiceClient(invoker), calls, log, Store(options));
        var own = new OwnAdministration(options.Administration, WhoAmIAsync);
        var desk = new ReceiptDesk(log, Ledger, own);
        var many = new SubmitManyOptions(options.Transport, connection.Pipeline, options.TimeProvider, options.AttemptDeadline);
        Submissions = new SubmissionClient(new V1.SubmissionService.SubmissionServiceClient(invoker), calls, desk, many);
        Releases = new ReleaseClient(new V1.ReleaseService.ReleaseServiceClient(invoker), calls, options.TimeProvider);
        var benchmarks = new V1.BenchmarkService.BenchmarkServiceClient(invoker);
        var watch = new WatchStream(benchmarks, calls, connection.Pipeline, options.TimeProvider);
        Benchmarks = new BenchmarkClient(benchmarks, calls, watch, new ContributionProof(log, Ledger, own));
    }

    /// <summary>What the caller's own administration submits, corrects, withdraws and erases.</summary>
    public SubmissionClient Submissions { get; }

    /// <summary>How contributions become a release, for the secretariat.</summary>
    public ReleaseClient Releases { get; }

    /// <summary>What was published, and where the caller stands in it.</summary>
    public BenchmarkClient Benchmarks { get; }

    /// <summary>What may be submitted, when, and by which groups it is compared.</summary>
    public CatalogueClient Catalogue { get; }

    /// <summary>Who may take part.</summary>
    public RegistryClient Registry { get; }

    /// <summary>The log of all that happened, hashes only, and its checks.</summary>
    public LedgerClient Ledger { get; }

    /// <summary>The client's access tokens, for calls that the SDK does not make: the authority's management, or JSON over HTTP.</summary>
    public ITokenSource Tokens => connection.Calls.Tokens;

    /// <summary>How the Hub sees the caller, and whether its log key is the pinned one: the first thing to call.</summary>
    /// <exception cref="TokenException">The issuer gave no token.</exception>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public Task<CallerIdentity> WhoAmIAsync(CancellationToken cancellationToken = default) =>
        Registry.WhoAmIAsync(log.Fingerprint, cancellationToken);

    /// <summary>Closes the connections that the client made itself.</summary>
    public void Dispose() => connection.Dispose();

    private static ICheckpointStore Store(HubClientOptions options) =>
        options.CheckpointStore
        ?? (options.CheckpointFile is { } path ? new FileCheckpointStore(path) : new MemoryCheckpointStore());
}
