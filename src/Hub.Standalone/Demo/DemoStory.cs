using Hub.Client;

namespace Hub.Standalone.Demo;

/// <summary>The main job on real figures, told in order. It needs no network and ends by itself.</summary>
internal static class DemoStory
{
    public static async Task RunAsync(StandaloneSettings settings, CancellationToken cancellationToken)
    {
        DemoScreen.Heading("From a figure to a verified receipt");
        DemoScreen.Say("Public figures of their own publishers (samples/README.md) stand in for confidential ones; none is an administration's integrity result.");
        await using var sandbox = await Sandbox.StartAsync(settings, cancellationToken);
        DemoScreen.Say($"Authority, silo and ledger run on {sandbox.Settings.Grpc} and {sandbox.Settings.Http}; all data lie in {settings.Folder}.");
        using var members = new DemoMembers { LogKey = sandbox.LogKey };
        var (collections, figures) = await SubmitAsync(sandbox, members, cancellationToken);
        await CorrectAsync(members, collections, figures, Path.Combine(settings.Folder, "receipt.json"), cancellationToken);
        await RepeatAsync(members, collections, figures, cancellationToken);
        await RefuseAsync(members, collections, cancellationToken);
        DemoScreen.Heading("From contributions to a published benchmark");
        await new DemoReleases(sandbox, members, collections, figures).RunAsync(cancellationToken);
        DemoScreen.Heading("That was the main job");
        DemoScreen.Say("The folder stays. To go on with this Hub, with curl and the SDK:");
        DemoScreen.Line($"  dotnet run --project src/Hub.Standalone -- --folder {settings.Folder}");
    }

    private static async Task<(List<Collection> Collections, DemoFigures Figures)> SubmitAsync(
        Sandbox sandbox, DemoMembers members, CancellationToken cancellationToken)
    {
        var administrations = Samples.ReadAdministrations();
        await DemoScreen.ProgressAsync($"{administrations.Count} administrations join", administrations.Count, async joined =>
        {
            await members.JoinAsync(sandbox, administrations, joined, cancellationToken);
            return members.Count;
        });

        var collections = new List<Collection>();
        await foreach (var collection in sandbox.Operator.Catalogue.ListCollectionsAsync(cancellationToken: cancellationToken))
        {
            collections.Add(collection);
        }

        var figures = DemoFigures.Read(collections);
        var drafts = collections.SelectMany(c => figures.Contributors(c).Select(code => (code, figures.Draft(c, code)))).ToList();
        var (recorded, already) = await DemoScreen.ProgressAsync(
            $"{drafts.Count} submissions over gRPC", drafts.Count, done => members.SubmitAsync(drafts, done, cancellationToken));
        DemoScreen.Collections(collections.Select(c => (c, figures.Contributors(c).Count)));
        DemoScreen.Say($"{recorded} recorded, each receipt verified by its owner against the pinned log key{(already > 0 ? $"; {already} were there already" : "")}.");
        return (collections, figures);
    }

    private static async Task CorrectAsync(DemoMembers members, List<Collection> collections, DemoFigures figures, string file, CancellationToken cancellationToken)
    {
        var revision = figures.Correction;
        DemoScreen.Heading($"{revision.Code} corrects {revision.Series} of {revision.Year}, as its publisher did");
        var collection = figures.CorrectedCollection(collections);
        var member = members[revision.Code];
        var current = await member.Submissions.ListAsync(collection.Name, cancellationToken).FirstAsync(cancellationToken);
        var corrected = new Dictionary<string, Figure>(current.Figures)
        {
            [collection.Indicators.Single(i => DemoFigures.CodeOf(i) == revision.Series)] = Figure.Decimal(revision.Later),
        };
        var reason = $"Publisher's revision: {revision.EarlierVintage} to {revision.LaterVintage}.";
        var recorded = await member.Submissions.CorrectAsync(current, corrected, reason, cancellationToken: cancellationToken);
        DemoScreen.Say($"{revision.Earlier} became {revision.Later}: {recorded.Submission.Name}, version {recorded.Submission.Version}. Its receipt, verified:");
        DemoScreen.Receipt(recorded.Receipt);
        await recorded.Receipt.SaveAsync(file, cancellationToken);
        DemoScreen.Say("To verify it without our code:");
        DemoScreen.Line($"  python3 samples/verify/verify_receipt.py {file} '{members.LogKey}'");
    }

    private static async Task RepeatAsync(DemoMembers members, List<Collection> collections, DemoFigures figures, CancellationToken cancellationToken)
    {
        DemoScreen.Heading("A lost reply is repaired by sending the same request again");
        var collection = collections[0];
        var code = figures.Contributors(collection)[0];
        var first = await members[code].Submissions.ListAsync(collection.Name, cancellationToken).FirstAsync(cancellationToken);
        var id = Guid.Parse(first.Name[(first.Name.LastIndexOf('/') + 1)..]);
        var again = new SubmissionDraft(collection.Name, figures.Draft(collection, code).Figures) { RequestId = id };
        var repeated = await members[code].Submissions.CreateAsync(again, cancellationToken);
        DemoScreen.Say($"{code} sent {collection.Name} again with the same request_id: the same submission, version {repeated.Submission.Version}, entry {repeated.Receipt.Position}; nothing was recorded twice.");
    }

    private static async Task RefuseAsync(DemoMembers members, List<Collection> collections, CancellationToken cancellationToken)
    {
        DemoScreen.Heading("Bad input gets every mistake at once, and nothing is stored");
        var collection = collections.MaxBy(c => c.Indicators.Count)!;
        var nonsense = collection.Indicators
            .Select((indicator, i) => KeyValuePair.Create(indicator, Figure.Decimal(i == 0 ? "-1" : "1e3")))
            .Append(KeyValuePair.Create($"{collection.Name[..collection.Name.IndexOf("/periods", StringComparison.Ordinal)]}/indicators/NO.SUCH", Figure.Decimal("1")));
        var draft = new SubmissionDraft(collection.Name, nonsense);
        var member = members[Samples.ReadAdministrations()[0].Code];
        var all = await member.Submissions.ValidateAsync(draft, cancellationToken);
        try
        {
            await member.Submissions.CreateAsync(draft, cancellationToken);
        }
        catch (HubException e)
        {
            DemoScreen.Refusal(e, all.Count);
        }
    }
}
