using Hub.Client;
using Microsoft.Extensions.Options;

// A first submission: settings from the environment, what to submit from the arguments.
const string Usage = """
    Usage: first-submission                               lists what you can submit now
           first-submission COLLECTION INDICATOR VALUE    submits, and saves the verified receipt as receipt-ID.json

    Environment, as handed over at onboarding:
      HUB_ADDRESS          where the Hub listens
      HUB_ISSUER           the issuer of tokens
      HUB_CLIENT_ID        your client
      HUB_CLIENT_KEY_FILE  its private key, PEM or JWK
      HUB_LOG_KEY          the log's public key, name+id+base64
    """;
string[] names = ["HUB_ADDRESS", "HUB_ISSUER", "HUB_CLIENT_ID", "HUB_CLIENT_KEY_FILE", "HUB_LOG_KEY"];
var missing = names.FirstOrDefault(name => Setting(name) is "");
if (args.Length is not (0 or 3) || missing is not null)
{
    if (missing is not null) Console.Error.WriteLine($"{missing} is not set.");
    Console.Error.WriteLine(Usage);
    return 2;
}

try
{
    var options = new HubClientOptions
    {
        Address = Address("HUB_ADDRESS"),
        Issuer = Address("HUB_ISSUER"),
        ClientId = Setting("HUB_CLIENT_ID"),
        ClientKey = File.ReadAllText(Setting("HUB_CLIENT_KEY_FILE")),
        LogKey = Setting("HUB_LOG_KEY"),
        CheckpointFile = "hub.checkpoint",
    };
    if (args is [var collection, var indicator, var value]) await SubmitAsync(options, collection, indicator, value);
    else await ListAsync(options);
    return 0;
}
catch (Exception e) when (e is HubException or OptionsValidationException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static async Task SubmitAsync(HubClientOptions options, string collection, string indicator, string value)
{
    // The five lines of src/Hub.Client/README.md.
    using var hub = new HubClient(options);
    var draft = new SubmissionDraft(collection, (indicator, Figure.Decimal(value)));
    var (submission, receipt) = await hub.Submissions.CreateAsync(draft);
    await receipt.SaveAsync($"receipt-{draft.RequestId}.json");
    Console.WriteLine($"{submission.Name}: {receipt}");

    Console.WriteLine("Verified here with the log key. To check it again without any of this code:");
    Console.WriteLine($"  python3 samples/verify/verify_receipt.py receipt-{draft.RequestId}.json '{options.LogKey}'");
}

static async Task ListAsync(HubClientOptions options)
{
    using var hub = new HubClient(options);
    var caller = await hub.WhoAmIAsync();
    if (!caller.IsLogKeyPinned) Console.WriteLine("HUB_LOG_KEY is not the key of this Hub's log: no receipt would verify. Ask whoever handed it over.");
    Console.WriteLine($"You are {caller.ClientId} for {caller.Administration ?? "no administration"}. Open, and not submitted by you yet:");
    await foreach (var open in hub.Catalogue.ListCollectionsAsync())
    {
        if (open.State != CollectionState.Open || open.OwnStatus != OwnStatus.NotSubmitted) continue;
        var codes = open.Indicators.Select(name => name[(name.LastIndexOf('/') + 1)..]);
        // One submission has all indicators of its collection; this sample sends one figure.
        Console.WriteLine($"  {open.Name} {string.Join(", ", codes)}{(open.Indicators.Count > 1 ? "  (with your own code: several figures)" : "")}");
    }
}

// What is no address is left out, and the options name it among their mistakes.
static Uri? Address(string name) => Uri.TryCreate(Setting(name), UriKind.Absolute, out var address) ? address : null;

static string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? "";
