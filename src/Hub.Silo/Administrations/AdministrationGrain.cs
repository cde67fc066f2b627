using Hub.Silo.Access;
using Hub.Silo.Catalogue;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Hub.Silo.Registry;
using Hub.Transparency;

namespace Hub.Silo.Administrations;

/// <summary>One administration: load → decide → append → apply → answer, all through its <see cref="StreamFold{TState}"/>.</summary>
internal sealed class AdministrationGrain(
    ILedger ledger, CurrentCatalogue catalogue, CurrentRegistry registry, Editions editions, TimeProvider time) : Grain, IAdministrationGrain
{
    private StreamFold<AdministrationState> stream = null!;

    private TimeZoneInfo Zone => registry.Find(this.GetPrimaryKeyString())?.Zone ?? TimeZoneInfo.Utc;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new StreamFold<AdministrationState>(ledger, Streams.Administration(this.GetPrimaryKeyString()), AdministrationState.Empty);
        return stream.ReadOnAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Violation>> ValidateAsync(Draft draft)
    {
        await stream.ReadOnAsync(CancellationToken.None);
        return SubmissionRules.Preview(stream.State, draft, FindCollection(draft.Collection), time.GetUtcNow(), Zone);
    }

    /// <summary>Decided on the catalogue, too: a collection that was closed meanwhile, on this silo or another, takes nothing any more.</summary>
    public Task<Decision<SubmissionAnswer>> CreateAsync(CreateCommand command)
    {
        var read = catalogue.State;
        return ActAsync(
            command.Act,
            state => SubmissionRules.Create(state, command, (read = catalogue.State).FindCollection(command.Draft.Collection), time.GetUtcNow(), Zone),
            append => WhileOpen(append, read),
            editions.CaughtUpAsync);
    }

    public Task<Decision<SubmissionAnswer>> CorrectAsync(CorrectCommand command) =>
        ActAsync(command.Act, state => SubmissionRules.Correct(state, command, CollectionOf(state, command.Submission, catalogue.State)));

    public Task<Decision<SubmissionAnswer>> WithdrawAsync(WithdrawCommand command) =>
        ActAsync(command.Act, state => SubmissionRules.Withdraw(state, command));

    public Task<Decision<SubmissionAnswer>> EraseAsync(EraseCommand command)
    {
        var read = catalogue.State;
        return ActAsync(
            command.Act,
            state => SubmissionRules.Erase(state, command, CollectionOf(state, command.Submission, read = catalogue.State), time.GetUtcNow()),
            append => append.Events[0].Kind == SubmissionEntries.ErasedKind ? WhileOpen(Erasing(append), read) : append,
            editions.CaughtUpAsync);
    }

    public Task<Decision<SubmissionAnswer>> ConfirmErasureAsync(ConfirmErasureCommand command) =>
        ActAsync(command.Act, state => SubmissionRules.ConfirmErasure(state, command), Erasing);

    public async Task<Decision<SubmissionAnswer>> GetAsync(Guid submission)
    {
        await stream.ReadOnAsync(CancellationToken.None);
        return stream.State.Submissions.TryGetValue(submission, out var found) ? Answer(found, null) : Refusal.NotPermitted();
    }

    public async Task<IReadOnlyList<SubmissionAnswer>> ListAsync(string collection)
    {
        await stream.ReadOnAsync(CancellationToken.None);
        return [.. (collection.Length == 0 ? stream.State.Submissions.Values : stream.State.In(collection))
            .OrderBy(s => s.Versions[0].StreamVersion).ThenBy(s => s.Id)
            .Select(s => Answer(s, null))];
    }

    public async Task<Decision<SubmissionAnswer>> GetReceiptAsync(Guid submission, int version)
    {
        await stream.ReadOnAsync(CancellationToken.None);
        if (!stream.State.Submissions.TryGetValue(submission, out var found) || version < 1 || version > found.Version)
        {
            return Refusal.NotPermitted();
        }

        return version <= found.ErasedActs
            ? new Refusal(ErrorReason.SubmissionErased, "The content of this version was erased, so there is no receipt of it.")
            : await ProveAsync(found.AsOf(found.Versions[version - found.ErasedActs - 1].StreamVersion)!);
    }

    private async Task<Decision<SubmissionAnswer>> ActAsync(
        Act act, Func<AdministrationState, Decision<SubmissionEvent>> decide, Func<Append, Append>? shape = null, Func<Task>? readAlso = null)
    {
        var acted = await stream.ActAsync(act.Idempotency, state =>
        {
            var decision = decide(state);
            if (decision.IsRefused)
            {
                return decision.Refusal!;
            }

            var append = new Append([SubmissionEntries.ToEntry(decision.Value)]);
            return shape is null ? append : shape(append);
        }, readAlso);
        return acted.IsRefused ? acted.Refusal! : await AnswerAsync(acted.Value);
    }

    /// <summary>The answer to an act, rebuilt from its entry: the same whether the act is new or repeated.</summary>
    private async Task<Decision<SubmissionAnswer>> AnswerAsync(Recorded recorded)
    {
        if (stream.State.AsOf(recorded.Version) is not { } submission)
        {
            return new Refusal(ErrorReason.SubmissionErased, "That act was recorded, and its content was erased since.");
        }

        // Whoever changed something and looks at a release next finds his footnote there.
        if (submission.Versions.Count > 1)
        {
            await editions.CaughtUpAsync(recorded.Position);
        }

        return recorded.Receipt is { } receipt ? Answer(submission, receipt) : await ProveAsync(submission);
    }

    private async Task<Decision<SubmissionAnswer>> ProveAsync(SubmissionState submission)
    {
        var receipt = await ledger.ReadReceiptAsync(submission.Latest.Position, CancellationToken.None);
        return receipt is null
            ? new Refusal(ErrorReason.SubmissionErased, "The content of this version was erased, so there is no receipt of it.")
            : Answer(submission, receipt);
    }

    // What only an open collection allows is committed before it closes, or not at all.
    private static Append WhileOpen(Append append, CatalogueState read) => append with
    {
        CommitBefore = read.FindCollection(append.Events[0].Topic)!.ClosesAt,
        DecidedOn = new StreamVersion(Streams.Catalogue, read.Version),
    };

    private static Append Erasing(Append append) => append with { EraseTopic = append.Events[0].Topic };

    private SubmissionAnswer Answer(SubmissionState submission, Receipt? receipt) =>
        new(submission.Id, submission.Collection, submission.Status, submission.Latest.Values, submission.Latest.Reason)
        {
            Version = submission.Version,
            Etag = submission.Etag,
            CreateTime = submission.Versions[0].Time,
            UpdateTime = submission.Latest.Time,
            Receipt = receipt,
            CountsFromEdition = editions.CountsFrom(submission.Collection, submission.LatestChange.Position),
            IsErasureRequested = submission.IsErasureRequested,
        };

    private Collection? FindCollection(string name) => catalogue.State.FindCollection(name);

    private static Collection? CollectionOf(AdministrationState state, Guid submission, CatalogueState read) =>
        state.Submissions.TryGetValue(submission, out var found) ? read.FindCollection(found.Collection) : null;
}
