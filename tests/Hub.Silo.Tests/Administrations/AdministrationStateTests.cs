using CsCheck;
using Hub.Silo.Administrations;
using Hub.Silo.Catalogue;
using Hub.Silo.Ledger;
using Xunit;

namespace Hub.Silo.Tests.Administrations;

public sealed class AdministrationStateTests
{
    private const string Period = SmallStream.Collection;
    private static readonly Guid Id = SmallStream.Act().RequestId;
    private static readonly Submitted First = new(Id, Period, [SmallStream.Recorded("1.0")]);
    private static readonly Corrected Second = new(Id, Period, [SmallStream.Recorded("2.50")], "Recount");
    private static readonly Withdrawn Third = new(Id, Period, "Wrong method");
    private static readonly Erased Fourth = new(Id, Period, "Our right", [new ErasedSubmission(Id, 3)], [1, 2, 3]);

    // What an administration may try on two collections; many a try is refused, and then nothing happens.
    private static readonly Gen<(int Kind, int Period, int Value)[]> Tries =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 1], Gen.Int[0, 100]).Array[0, 40];

    [Fact]
    public void Apply_SubmittedCorrectedWithdrawnErased_LeavesOneVersionForEachUntilTheErasure()
    {
        Assert.Equal((SubmissionStatus.Live, 1, "1.0", ""), Seen(SmallStream.Fold(First)));
        Assert.Equal((SubmissionStatus.Live, 2, "2.50", "Recount"), Seen(SmallStream.Fold(First, Second)));
        Assert.Equal((SubmissionStatus.Withdrawn, 3, "2.50", "Wrong method"), Seen(SmallStream.Fold(First, Second, Third)));
        Assert.Equal((SubmissionStatus.Erased, 4, "", "Our right"), Seen(SmallStream.Fold(First, Second, Third, Fourth)));
    }

    [Fact]
    public void Apply_Correction_ReplacesAllValuesAndNotSomeOfThem()
    {
        var level = SmallStream.Recorded("1");
        var state = SmallStream.Fold(new Submitted(Id, Period, [level, level with { Indicator = "OTHER" }]), Second);
        Assert.Equal(["LEVEL"], state.Submissions[Id].Latest.Values.Select(v => v.Indicator));
        Assert.Equal(2, state.Submissions[Id].Versions[0].Values.Count);
    }

    [Fact]
    public void Apply_EachEntry_KeepsItsVersionPositionAndTime()
    {
        var state = SmallStream.Fold(First, Second);
        Assert.Equal(2, state.Version);
        Assert.Equal(
            [(1L, 100L, SmallStream.Start.AddMinutes(1)), (2L, 101L, SmallStream.Start.AddMinutes(2))],
            state.Submissions[Id].Versions.Select(v => (v.StreamVersion, v.Position, v.Time)));
    }

    [Fact]
    public void Etag_OfASubmission_IsAnotherAfterEachAct()
    {
        SubmissionEvent[] events = [First, Second, Third, Fourth];
        var etags = Enumerable.Range(1, 4).Select(count => SmallStream.Fold(events[..count]).Submissions[Id].Etag);
        Assert.Equal(4, etags.Distinct().Count());
    }

    [Fact]
    public void Apply_Erasure_LeavesVersionsAndKeysUsedAndForgetsWhatWasAsked()
    {
        var state = SmallStream.Fold(First, Second, Third, Fourth);
        Assert.Equal((4, 4), (state.Version, state.Requests.Count));
        Assert.Equal([0, 0, 0, 1], state.Requests.Values.OrderBy(r => r.Version).Select(r => r.Fingerprint.Length));
        Assert.Equal((3, 4), (state.Submissions[Id].ErasedActs, state.Submissions[Id].Version));
    }

    [Fact]
    public void Apply_ErasedEntry_KeepsItsVersionAndKeyUsedAndNothingElse()
    {
        var state = AdministrationState.Empty.Apply(SmallStream.Emptied(SmallStream.Stored(First, 1)));
        Assert.Equal((1, 0), (state.Version, state.Submissions.Count));
        Assert.Equal((1L, 100L, 0), state.Requests.Values.Select(r => (r.Version, r.Position, r.Fingerprint.Length)).Single());
    }

    [Fact]
    public void Apply_ResubmissionAfterWithdrawal_IsAnotherSubmissionBesideTheFirst()
    {
        var again = SmallStream.Act(1).RequestId;
        var state = SmallStream.Fold(First, Third, new Submitted(again, Period, [SmallStream.Recorded("3")]));
        Assert.Equal((SubmissionStatus.Withdrawn, SubmissionStatus.Live), (state.Submissions[Id].Status, state.Submissions[again].Status));
        Assert.Equal((again, 1), (state.LiveIn(Period)!.Id, state.Submissions[again].Version));
    }

    [Fact]
    public void LiveIn_ACollection_FindsNothingOfAnotherAndNothingWithdrawn()
    {
        Assert.Equal(Id, SmallStream.Fold(First).LiveIn(Period)!.Id);
        Assert.Null(SmallStream.Fold(First).LiveIn("instruments/synthetic/periods/2026"));
        Assert.Null(SmallStream.Fold(First, Third).LiveIn(Period));
    }

    [Fact]
    public void Apply_ErasureRequest_KeepsStatusAndValuesAndIsFoundUntilErased()
    {
        var asked = SmallStream.Fold(First, Third, new ErasureRequested(Id, Period, "Our right"));
        Assert.Equal((SubmissionStatus.Withdrawn, 3, "1.0", "Our right"), Seen(asked));
        Assert.Equal(Id, asked.ErasureRequestedIn(Period)!.Id);
        Assert.Null(asked.ErasureRequestedIn("instruments/synthetic/periods/2026"));
        Assert.Null(asked.Apply(SmallStream.Stored(Fourth, 4)).ErasureRequestedIn(Period));
    }

    [Fact]
    public void AsOf_AnyOfItsVersions_IsWhatItWasThen()
    {
        var submission = SmallStream.Fold(First, Second, Third).Submissions[Id];
        Assert.Equal((SubmissionStatus.Live, 2, "2.50"), submission.AsOf(2) is { } then ? (then.Status, then.Version, then.Latest.Values[0].Decimal!.Text) : default);
        Assert.Null(submission.AsOf(4));
    }

    [Fact]
    public void Apply_AnyHistory_IsTheSameFromAnyPrefixOn() => Gen.Select(Tries, Gen.Int[0, 40]).Sample((tries, cut) =>
    {
        var history = History(tries);
        var all = Summary(Fold(AdministrationState.Empty, history));
        var prefix = Fold(AdministrationState.Empty, history.Take(cut));
        return Summary(Fold(prefix, history.Skip(cut))) == all;
    }, iter: 500);

    // A silo that was there before an erasure and one that started after it must decide alike.
    [Fact]
    public void Apply_HistoryWithErasures_IsTheSameOnceTheirPayloadsAreGone() => Tries.Sample(tries =>
    {
        var history = History(tries);
        return Summary(Fold(AdministrationState.Empty, AsTheLedgerLeaves(history))) == Summary(Fold(AdministrationState.Empty, history));
    }, iter: 500);

    [Fact]
    public void Apply_AnyHistory_CountsEveryActOnceAndHasOneLiveOfACollectionAtMost() => Tries.Sample(tries =>
    {
        var history = History(tries);
        var state = Fold(AdministrationState.Empty, history);
        var erasures = history.Select(Read).OfType<Erased>().ToList();
        // An erasure is one act on each submission that it took; every other act is on one.
        var acts = history.Count - erasures.Count + erasures.Sum(e => e.Submissions.Count);
        return (state.Version, state.Requests.Count) == (history.Count, history.Count)
            && state.Submissions.Values.Sum(s => s.Version) == acts
            && state.Submissions.Values.Where(s => s.Status == SubmissionStatus.Live).GroupBy(s => s.Collection).All(g => g.Count() == 1);
    }, iter: 500);

    // An erasure takes the payloads of all earlier entries of its topic, an earlier erasure's among them.
    private static IEnumerable<Entry> AsTheLedgerLeaves(List<Entry> history)
    {
        var erasures = history.Where(e => e.Header.Kind == SubmissionEntries.ErasedKind).ToList();
        return history.Select(e => erasures.Exists(erasure => erasure.Topic == e.Topic && erasure.Position > e.Position) ? SmallStream.Emptied(e) : e);
    }

    private static SubmissionEvent? Read(Entry entry) => SubmissionEntries.Read(entry.Header.Kind, entry.Payload!.Value);

    private static AdministrationState Fold(AdministrationState state, IEnumerable<Entry> entries) => entries.Aggregate(state, (s, entry) => s.Apply(entry));

    private static List<Entry> History(IEnumerable<(int Kind, int Period, int Value)> tries)
    {
        var (state, entries) = (AdministrationState.Empty, new List<Entry>());
        foreach (var (kind, period, value) in tries)
        {
            var decision = Decide(state, kind, SmallStream.Of("LEVEL") with { Period = $"{2025 + period}" }, value);
            if (!decision.IsRefused)
            {
                entries.Add(SmallStream.Stored(decision.Value, state.Version + 1));
                state = state.Apply(entries[^1]);
            }
        }

        return entries;
    }

    private static Decision<SubmissionEvent> Decide(AdministrationState state, int kind, Collection collection, int value)
    {
        var act = SmallStream.Act((int)state.Version);
        var draft = new Draft(collection.Name, [SmallStream.Level($"{value}")]);
        var known = state.Submissions.Values.Where(s => s.Collection == collection.Name).OrderBy(s => s.Id).ToList();
        var one = known.Count == 0 ? Id : known[value % known.Count].Id;
        return kind switch
        {
            <= 1 => SubmissionRules.Create(state, new CreateCommand(act, draft), collection, SmallStream.Start, TimeZoneInfo.Utc),
            2 => SubmissionRules.Correct(state, new CorrectCommand(act, one, "", draft, "c"), collection),
            3 => SubmissionRules.Withdraw(state, new WithdrawCommand(act, one, "", "w")),
            4 => SubmissionRules.Erase(state, new EraseCommand(act, one, "e"), collection, value % 2 == 0 ? SmallStream.Start : collection.ClosesAt),
            5 => SubmissionRules.ConfirmErasure(state, new ConfirmErasureCommand(act, collection.Name)),
            _ => SubmissionRules.Withdraw(state, new WithdrawCommand(act, Guid.Empty, "", "w")),
        };
    }

    private static (SubmissionStatus Status, int Version, string Value, string Reason) Seen(AdministrationState state)
    {
        var submission = state.Submissions[Id];
        var value = submission.Latest.Values.Select(v => v.Decimal!.Text).SingleOrDefault("");
        return (submission.Status, submission.Version, value, submission.Latest.Reason);
    }

    private static string Summary(AdministrationState state) => string.Join('\n',
    [
        $"{state.Version}",
        .. state.Submissions.Values.OrderBy(s => s.Id).SelectMany(s => s.Versions.Select(v =>
            $"{s.Id} {s.Collection} {s.ErasedActs} {v.StreamVersion} {v.Position} {v.Time:O} {v.Status} {v.Reason} {v.IsErasureRequest} {string.Join(' ', v.Values)}")),
        .. state.Requests.OrderBy(r => r.Value.Version).Select(r => $"{r.Key} {r.Value.Version} {r.Value.Position} {Convert.ToHexString(r.Value.Fingerprint)}"),
    ]);
}
