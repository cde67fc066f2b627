using Hub.Client;
using Microsoft.Extensions.Options;

// What comes after a submission, one verb for each area of the SDK. The blocks are those of src/Hub.Client/README.md.
const string Usage = """
    Usage (each with the scope that its caller needs):
           after-submission read COLLECTION INDICATOR    what was published, your standing, the table as a file (hub.read)
           after-submission prove COLLECTION RECEIPT     that your entry is in the latest release (hub.read)
           after-submission watch COLLECTION             what opens and what is taken back, until Ctrl+C (hub.read)
           after-submission propose COLLECTION           asks for a release (a reviewer, hub.review)
           after-submission approve RELEASE              looks at it and approves it (another, hub.review)
           after-submission schedule RELEASE             opens it in two days (an operator, hub.operate)
           after-submission erasures                     confirms the erasures that wait (hub.operate)
           after-submission register CODE NAME           proposes an administration (hub.operate)
           after-submission confirm                      confirms the changes that others proposed (hub.operate)

    Environment: HUB_ADDRESS and HUB_LOG_KEY, and either HUB_ISSUER, HUB_CLIENT_ID, HUB_CLIENT_KEY_FILE and HUB_SCOPES for a
    machine, or HUB_TOKEN with the access token of a person who has signed in. Reviewers are persons.
    """;

if (args.Length == 0 || Environment.GetEnvironmentVariable("HUB_ADDRESS") is null)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

try
{
    using var hub = new HubClient(Options());
    var asked = args switch
    {
        ["read", var collection, var indicator] => ReadAsync(hub, collection, indicator),
        ["prove", var collection, var file] => ProveAsync(hub, collection, file),
        ["watch", var collection] => WatchAsync(hub, collection),
        ["propose", var collection] => ProposeAsync(hub, collection),
        ["approve", var release] => ApproveAsync(hub, release),
        ["schedule", var release] => ScheduleAsync(hub, release),
        ["erasures"] => ErasuresAsync(hub),
        ["register", var code, var name] => RegisterAsync(hub, code, name),
        ["confirm"] => ConfirmAsync(hub),
        _ => null,
    };
    await (asked ?? Console.Error.WriteLineAsync(Usage));
    return asked is null ? 2 : 0;
}
catch (Exception e) when (e is HubException or OptionsValidationException or IOException or UnauthorizedAccessException or FormatException or MissingException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static async Task ReadAsync(HubClient hub, string collection, string indicator)
{
    var (benchmark, release) = await hub.Benchmarks.GetBenchmarkAsync($"{collection}/releases/latest", indicator);
    foreach (var figure in benchmark.Figures)
        Console.WriteLine(figure is PublishedFigure shown
            ? $"{shown.Statistic} of {benchmark.Contributors}: {shown.Value} ±{shown.RoundingBase / 2} ({benchmark.Unit})"
            : $"{figure.Statistic}: withheld, {((WithheldFigure)figure).Reason}");
    var (standing, _) = await hub.Benchmarks.GetStandingAsync(release.Name, indicator);
    Console.WriteLine(standing.Reason is { } none ? $"No standing: {none}" : $"Part {standing.LowestPart} of {standing.Parts} from the least: {standing.Assessment}");
    var table = await hub.Benchmarks.ExportReleaseAsync(release.Name);
    await File.WriteAllTextAsync(table.FileName, table.Csv);
    Console.WriteLine($"The whole table: {table.FileName}");
}

static async Task ProveAsync(HubClient hub, string collection, string file)
{
    var release = await hub.Benchmarks.GetReleaseAsync($"{collection}/releases/latest");
    var receipt = hub.Ledger.Verify(await File.ReadAllTextAsync(file));
    var checkpoint = await hub.Benchmarks.ProveContributionAsync(release, receipt);
    Console.WriteLine($"Entry {receipt.Position} is among the {checkpoint.Size} that {release.Name} was computed from.");
}

static async Task WatchAsync(HubClient hub, string collection)
{
    await foreach (var change in hub.Benchmarks.WatchAsync(collection))
        Console.WriteLine($"{change.Time:u}: {change.Release.Name} {change.Event}; go on after {change.Position}");
}

static async Task ProposeAsync(HubClient hub, string collection)
{
    var asked = await hub.Releases.ProposeAsync(collection, "As planned");
    var proposal = await hub.Releases.GetComputedAsync(asked.Name);
    Console.WriteLine($"{proposal.Name}: {proposal.State}, {proposal.Findings.Count} findings");
}

static async Task ApproveAsync(HubClient hub, string release)
{
    var seen = await hub.Releases.GetAsync(release);
    var reviewed = await hub.Releases.ReviewAsync(seen, Verdict.Approve);
    Console.WriteLine($"{reviewed.Name}: {reviewed.State}, {reviewed.Reviews.Count} of {reviewed.ReviewsRequired} reviews");
}

static async Task ScheduleAsync(HubClient hub, string release)
{
    var scheduled = await hub.Releases.ScheduleAsync(release, TimeProvider.System.GetUtcNow().AddDays(2));
    Console.WriteLine($"{scheduled.Name} opens at {scheduled.Release.PublishTime:u}");
}

static async Task ErasuresAsync(HubClient hub)
{
    await foreach (var erasure in hub.Submissions.ListErasuresAsync())
        Console.WriteLine($"{erasure.Administration}, {erasure.Collection}: erased at {await hub.Submissions.ConfirmErasureAsync(erasure):u}");
    Console.WriteLine("No erasure waits.");
}

static async Task RegisterAsync(HubClient hub, string code, string name)
{
    var change = await hub.Registry.ProposeRegistrationAsync(new Administration($"administrations/{code}", name), "Joins");
    Console.WriteLine($"{change.Name}: {change.State}, {change.ConfirmationsRequired} others must confirm it");
}

static async Task ConfirmAsync(HubClient hub)
{
    await foreach (var change in hub.Registry.ListChangesAsync())
        if (change.State == ChangeState.Pending)
            Console.WriteLine($"{change.AdministrationName}: {(await hub.Registry.ConfirmChangeAsync(change.Name)).State}");
    Console.WriteLine("No change waits for you.");
}

static HubClientOptions Options()
{
    var options = new HubClientOptions { Address = new Uri(Setting("HUB_ADDRESS")), LogKey = Setting("HUB_LOG_KEY"), CheckpointFile = "hub.checkpoint" };
    if (Environment.GetEnvironmentVariable("HUB_TOKEN") is { } token)
    {
        options.TokenSource = new SignedIn(token);
        return options;
    }

    options.Issuer = new Uri(Setting("HUB_ISSUER"));
    options.ClientId = Setting("HUB_CLIENT_ID");
    options.ClientKey = File.ReadAllText(Setting("HUB_CLIENT_KEY_FILE"));
    if (Environment.GetEnvironmentVariable("HUB_SCOPES") is { } scopes) options.Scopes = scopes.Split(' ');
    return options;
}

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new MissingException($"{name} is not set.");

/// <summary>A setting that is not there.</summary>
internal sealed class MissingException(string message) : Exception(message);

/// <summary>The token of a person who has signed in elsewhere: it is not renewed.</summary>
internal sealed class SignedIn(string token) : ITokenSource
{
    public ValueTask<string> GetTokenAsync(string? refused, CancellationToken cancellationToken) => ValueTask.FromResult(token);
}
