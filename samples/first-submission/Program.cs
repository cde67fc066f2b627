using Hub.Client;
using Microsoft.Extensions.Options;

// A first submission: settings from the environment, what to submit from the arguments.
if (args.Length is not (0 or 3) || Environment.GetEnvironmentVariable("HUB_ADDRESS") is null)
{
    Console.Error.WriteLine("""
        Usage: first-submission                               lists what you can submit now
               first-submission COLLECTION INDICATOR VALUE    submits, and saves the verified receipt as receipt.json

        Environment, as handed over at onboarding:
          HUB_ADDRESS          where the Hub listens
          HUB_ISSUER           the issuer of tokens
          HUB_CLIENT_ID        your client
          HUB_CLIENT_KEY_FILE  its private key, PEM or JWK
          HUB_LOG_KEY          the log's public key, name+id+base64
        """);
    return 2;
}

var options = new HubClientOptions
{
    Address = new Uri(Setting("HUB_ADDRESS")),
    Issuer = new Uri(Setting("HUB_ISSUER")),
    ClientId = Setting("HUB_CLIENT_ID"),
    ClientKey = File.ReadAllText(Setting("HUB_CLIENT_KEY_FILE")),
    LogKey = Setting("HUB_LOG_KEY"),
    CheckpointFile = "hub.checkpoint",
};

try
{
    if (args is [var collection, var indicator, var value]) await SubmitAsync(collection, indicator, value);
    else await ListAsync();
    return 0;
}
catch (Exception e) when (e is HubException or OptionsValidationException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

async Task SubmitAsync(string collection, string indicator, string value)
{
    // The five lines of src/Hub.Client/README.md.
    using var hub = new HubClient(options);
    var draft = new SubmissionDraft(collection, (indicator, Figure.Decimal(value)));
    var (submission, receipt) = await hub.Submissions.CreateAsync(draft);
    await receipt.SaveAsync("receipt.json");
    Console.WriteLine($"{submission.Name}: {receipt}");

    Console.WriteLine("Verified here with the log key. To check it again without any of this code:");
    Console.WriteLine($"  python3 samples/verify/verify_receipt.py receipt.json '{options.LogKey}'");
}

async Task ListAsync()
{
    using var hub = new HubClient(options);
    var caller = await hub.WhoAmIAsync();
    Console.WriteLine($"You are {caller.ClientId} for {caller.Administration ?? "no administration"}. Open, and not submitted by you yet:");
    await foreach (var open in hub.Catalogue.ListCollectionsAsync())
    {
        if (open.State == CollectionState.Open && open.OwnStatus == OwnStatus.NotSubmitted)
            Console.WriteLine($"  {open.Name}: {string.Join(", ", open.Indicators)}");
    }
}

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"Set {name}.");
