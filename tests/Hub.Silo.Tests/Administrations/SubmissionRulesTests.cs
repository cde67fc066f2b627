using Hub.Silo.Administrations;
using Hub.Silo.Catalogue;
using Xunit;
using Limits = Hub.Silo.Administrations.Limits;

namespace Hub.Silo.Tests.Administrations;

public sealed class SubmissionRulesTests
{
    private const string Collection = SmallStream.Collection;
    private static readonly Guid Id = SmallStream.Act().RequestId;
    private static readonly Submitted First = new(Id, Collection, [SmallStream.Recorded("1")]);
    private static readonly AdministrationState Live = SmallStream.Fold(First);
    private static readonly AdministrationState Withdrawn = SmallStream.Fold(First, new Withdrawn(Id, Collection, "w"));
    private static readonly AdministrationState Erased = SmallStream.Fold(First, new Erased(Id, Collection, "e", [new ErasedSubmission(Id, 1)], [1]));
    private static readonly AdministrationState Asked = SmallStream.Fold(First, new ErasureRequested(Id, Collection, "Our right"));

    private static readonly Collection Early = SmallStream.Open with { ClosesAt = SmallStream.Start.AddDays(2), CloseReason = "Everybody has submitted" };

    [Fact]
    public void Create_SoundDraft_IsSubmittedUnderItsRequestId()
    {
        var submitted = Assert.IsType<Submitted>(Create(AdministrationState.Empty, SmallStream.Start).Value);
        Assert.Equal((Id, Collection), (submitted.Submission, submitted.Collection));
        Assert.Equal(["12.50", "1/4"], submitted.Values.Select(v => v.Decimal?.Text ?? $"{v.Ratio!.Numerator}/{v.Ratio.Denominator}"));
    }

    [Fact]
    public void Create_AtTheEdgesOfTheWindow_OpensWithItsFirstTickAndClosesWithItsLast()
    {
        Assert.Equal(ErrorReason.CollectionNotOpen, Create(AdministrationState.Empty, SmallStream.Open.OpensAt.AddTicks(-1)).Refusal?.Reason);
        Assert.Null(Create(AdministrationState.Empty, SmallStream.Open.OpensAt).Refusal);
        Assert.Null(Create(AdministrationState.Empty, SmallStream.Open.ClosesAt.AddTicks(-1)).Refusal);
        Assert.Equal(ErrorReason.CollectionClosed, Create(AdministrationState.Empty, SmallStream.Open.ClosesAt).Refusal?.Reason);
    }

    [Fact]
    public void Create_OutsideTheWindow_TellsTheTimeInUtcAndInTheMembersZone()
    {
        var refusal = Create(AdministrationState.Empty, SmallStream.Start.AddDays(-1)).Refusal!;
        Assert.Contains("opens at 2026-11-24 09:00:00 UTC (2026-11-24 11:00:00 +02:00 Europe/Kyiv)", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_AfterAnEarlyClosure_IsToldWhy()
    {
        Assert.Null(SubmissionRules.RefuseWindow(Early, Early.ClosesAt.AddTicks(-1), TimeZoneInfo.Utc));
        var refusal = SubmissionRules.RefuseWindow(Early, Early.ClosesAt, TimeZoneInfo.Utc)!;
        Assert.Equal(ErrorReason.CollectionClosed, refusal.Reason);
        Assert.EndsWith("closed early, at 2026-11-26 09:00:00 UTC (2026-11-26 09:00:00 +00:00 UTC): Everybody has submitted", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhereOneIsLive_IsRefusedWithItsName()
    {
        var refusal = Create(Live, SmallStream.Start).Refusal!;
        Assert.Equal((ErrorReason.SubmissionExists, $"administrations/self/submissions/{Id:D}"), (refusal.Reason, refusal.Metadata["submission"]));
    }

    [Fact]
    public void Create_AfterWithdrawalOrErasure_IsSubmittedAnew() =>
        Assert.All([Withdrawn, Erased], state => Assert.IsType<Submitted>(Create(state, SmallStream.Start).Value));

    [Fact]
    public void Create_InAnotherCollection_IsNotHinderedByALiveOne()
    {
        var other = SmallStream.Open with { Period = "2026" };
        var command = new CreateCommand(SmallStream.Act(1), SmallStream.Sound with { Collection = other.Name });
        Assert.Equal(other.Name, SubmissionRules.Create(Live, command, other, SmallStream.Start, TimeZoneInfo.Utc).Value.Collection);
    }

    [Fact]
    public void Create_InNoCollection_IsInvalid()
    {
        var command = new CreateCommand(SmallStream.Act(), SmallStream.Sound);
        var refusal = SubmissionRules.Create(AdministrationState.Empty, command, null, SmallStream.Start, TimeZoneInfo.Utc).Refusal!;
        Assert.Equal((ErrorReason.FieldInvalid, "submission.collection"), (refusal.Reason, Assert.Single(refusal.Violations).Field));
    }

    [Fact]
    public void Create_WithMistakesOutsideTheWindow_IsToldTheMistakesFirst()
    {
        var refusal = Create(Live, SmallStream.Start.AddYears(1), SmallStream.Draft()).Refusal!;
        Assert.Equal((ErrorReason.FieldInvalid, 2), (refusal.Reason, refusal.Violations.Count));
    }

    [Fact]
    public void Preview_WithMistakesOutsideTheWindow_TellsBothAtOnce() => Assert.Equal(
        ["submission.values", "submission.values", "submission.collection"],
        Preview(AdministrationState.Empty, SmallStream.Draft(), SmallStream.Open, SmallStream.Open.ClosesAt).Select(v => v.Field));

    [Fact]
    public void Preview_OfWhatCouldBeACorrection_NeedsNoWindow() =>
        Assert.Empty(Preview(Live, SmallStream.Sound, SmallStream.Open, SmallStream.Open.ClosesAt));

    [Fact]
    public void Preview_InNoCollection_SaysSoAlone() =>
        Assert.Equal(["submission.collection"], Preview(Live, SmallStream.Sound, null, SmallStream.Start).Select(v => v.Field));

    [Fact]
    public void Correct_SoundDraft_ReplacesAllValues()
    {
        var corrected = Assert.IsType<Corrected>(Correct(Live).Value);
        Assert.Equal((Id, Collection, "Recount"), (corrected.Submission, corrected.Collection, corrected.Reason));
        Assert.Equal(["LEVEL", "RATE"], corrected.Values.Select(v => v.Indicator));
    }

    [Fact]
    public void Correct_AfterTheWindow_IsStillCorrected() =>
        Assert.IsType<Corrected>(SubmissionRules.Correct(Live, Correction(), Early).Value);

    [Fact]
    public void Correct_WithSomeIndicatorsOnly_NamesTheMissingOnes() =>
        Assert.Equal(["submission.values"], Correct(Live, Correction(SmallStream.Draft(SmallStream.Level("1")))).Refusal!.Violations.Select(v => v.Field));

    [Fact]
    public void Correct_WithMistakesAndNoReason_TellsBothAtOnce() => Assert.Equal(
        ["submission.values[0].decimal.value", "submission.values", "reason"],
        Correct(Live, Correction(SmallStream.Draft(SmallStream.Level("101"))) with { Reason = " " }).Refusal!.Violations.Select(v => v.Field));

    [Fact]
    public void Correct_OfItsCollection_MayNameItOrNotButNoOther()
    {
        Assert.Equal(Collection, Correct(Live, Correction(SmallStream.Sound with { Collection = "" })).Value.Collection);
        var refusal = Correct(Live, Correction(SmallStream.Sound with { Collection = "instruments/synthetic/periods/2026" })).Refusal!;
        Assert.Equal(["submission.collection"], refusal.Violations.Select(v => v.Field));
    }

    [Fact]
    public void Correct_WithAnEtag_IsRefusedOnceTheSubmissionHasChanged()
    {
        var seen = Live.Submissions[Id].Etag;
        Assert.Null(Correct(Live, Correction() with { Etag = seen }).Refusal);
        var changed = SmallStream.Fold(First, new Corrected(Id, Collection, [SmallStream.Recorded("1")], "Same value"));
        Assert.Equal(ErrorReason.EtagMismatch, Correct(changed, Correction() with { Etag = seen }).Refusal?.Reason);
        Assert.Equal(ErrorReason.EtagMismatch, SubmissionRules.Withdraw(changed, new WithdrawCommand(SmallStream.Act(1), Id, seen, "w")).Refusal?.Reason);
    }

    [Fact]
    public void CorrectAndWithdraw_OfWhatIsNotLive_SayWhatBecameOfIt()
    {
        Assert.All(
            new[] { (AdministrationState.Empty, ErrorReason.NotPermitted), (Withdrawn, ErrorReason.SubmissionWithdrawn), (Erased, ErrorReason.SubmissionErased) },
            row =>
            {
                // Whatever the etag: what became of it matters more.
                Assert.Equal(row.Item2, Correct(row.Item1, Correction() with { Etag = "\"x\"" }).Refusal?.Reason);
                Assert.Equal(row.Item2, Withdraw(row.Item1).Refusal?.Reason);
            });
    }

    [Fact]
    public void Withdraw_ALiveOne_IsWithdrawnWithItsReason() =>
        Assert.Equal(new Withdrawn(Id, Collection, "Wrong method"), Withdraw(Live).Value);

    [Theory]
    [InlineData(1, true)]
    [InlineData(Limits.ReasonCharsMax, true)]
    [InlineData(0, false)]
    [InlineData(Limits.ReasonCharsMax + 1, false)]
    public void Reason_OfAnyLength_HasOneToTheLimit(int length, bool isTaken)
    {
        var reason = new string('x', length) + "  ";
        Assert.Equal(isTaken, !Correct(Live, Correction() with { Reason = reason }).IsRefused);
        Assert.Equal(isTaken, !SubmissionRules.Withdraw(Live, new WithdrawCommand(SmallStream.Act(1), Id, "", reason)).IsRefused);
        Assert.Equal(isTaken, !Erase(Live, reason: reason).IsRefused);
    }

    [Fact]
    public void Erase_OfWhatWasNeverShown_TakesAllOfTheCollectionAndNothingElse()
    {
        var (second, other) = (SmallStream.Act(1).RequestId, SmallStream.Act(2).RequestId);
        var state = SmallStream.Fold(
            First, new Submitted(other, "instruments/synthetic/periods/2026", []), new Withdrawn(Id, Collection, "w"), new Submitted(second, Collection, []));
        var erased = Assert.IsType<Erased>(Erase(state).Value);
        Assert.Equal([new ErasedSubmission(Id, 2), new ErasedSubmission(second, 1)], erased.Submissions.OrderBy(s => s.Submission));
        Assert.Equal([1, 3, 4], erased.Versions);
    }

    [Fact]
    public void Erase_AfterAnEarlierErasure_TellsAgainWhatThatOneTook()
    {
        var second = SmallStream.Act(1).RequestId;
        var state = SmallStream.Fold(First, new Erased(Id, Collection, "e", [new ErasedSubmission(Id, 1)], [1]), new Submitted(second, Collection, []));
        var erased = Assert.IsType<Erased>(Erase(state, second).Value);
        Assert.Equal([new ErasedSubmission(Id, 2), new ErasedSubmission(second, 1)], erased.Submissions.OrderBy(s => s.Submission));
        Assert.Equal([2, 3], erased.Versions);
    }

    [Fact]
    public void Erase_OfWhatIsWithdrawn_IsErased() => Assert.IsType<Erased>(Erase(Withdrawn).Value);

    [Fact]
    public void Erase_OfWhatIsErasedOrUnknown_IsRefused()
    {
        Assert.Equal(ErrorReason.SubmissionErased, Erase(Erased).Refusal?.Reason);
        Assert.Equal(ErrorReason.NotPermitted, Erase(AdministrationState.Empty).Refusal?.Reason);
    }

    [Fact]
    public void Erase_OfAClosedCollection_IsAskedForOnceAndWaits()
    {
        Assert.Equal(new ErasureRequested(Id, Collection, "Our right"), Erase(Live, isClosed: true).Value);
        Assert.Equal(ErrorReason.ErasureUnconfirmed, Erase(Asked, isClosed: true).Refusal?.Reason);
    }

    [Fact]
    public void ConfirmErasure_OfWhatWasAskedFor_ErasesWithTheOwnersReason()
    {
        var erased = Assert.IsType<Erased>(SubmissionRules.ConfirmErasure(Asked, new ConfirmErasureCommand(SmallStream.Act(1), Collection)).Value);
        Assert.Equal((Id, "Our right"), (erased.Submission, erased.Reason));
        Assert.Equal([1, 2], erased.Versions);
        Assert.Equal([new ErasedSubmission(Id, 2)], erased.Submissions);
    }

    [Fact]
    public void ConfirmErasure_OfWhatNobodyAskedFor_IsRefused() => Assert.All(
        new[] { AdministrationState.Empty, Live, Erased },
        state => Assert.Equal(ErrorReason.NotFound, SubmissionRules.ConfirmErasure(state, new ConfirmErasureCommand(SmallStream.Act(1), Collection)).Refusal?.Reason));

    private static Decision<SubmissionEvent> Create(AdministrationState state, DateTimeOffset now, Draft? draft = null) => SubmissionRules.Create(
        state, new CreateCommand(SmallStream.Act(), draft ?? SmallStream.Sound), SmallStream.Open, now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Kyiv"));

    private static IReadOnlyList<Violation> Preview(AdministrationState state, Draft draft, Collection? collection, DateTimeOffset now) =>
        SubmissionRules.Preview(state, draft, collection, now, TimeZoneInfo.Utc);

    [Fact]
    public void Figures_AfterAsManyActsAsThereMayBe_AreRefusedButWithdrawnAndErased()
    {
        var full = SmallStream.Fold([First, .. Enumerable.Repeat(new Corrected(Id, Collection, [SmallStream.Recorded("2")], "again"), Limits.ActsMax - 1)]);
        var refusal = Correct(full).Refusal!;

        Assert.Equal((ErrorReason.QuotaExceeded, null), (refusal.Reason, refusal.RetryAfter));
        Assert.Null(SubmissionRules.Withdraw(full, new WithdrawCommand(SmallStream.Act(1), Id, "", "why")).Refusal);
        Assert.Null(SubmissionRules.Erase(full, new EraseCommand(SmallStream.Act(1), Id, "why"), SmallStream.Open, SmallStream.Start).Refusal);
        var withdrawn = SmallStream.Fold([First, .. Enumerable.Repeat(new Corrected(Id, Collection, [SmallStream.Recorded("2")], "again"), Limits.ActsMax - 1), new Withdrawn(Id, Collection, "w")]);
        Assert.Equal(ErrorReason.QuotaExceeded, Create(withdrawn, SmallStream.Start).Refusal!.Reason);
    }

    private static CorrectCommand Correction(Draft? draft = null) => new(SmallStream.Act(1), Id, "", draft ?? SmallStream.Sound, "Recount");

    private static Decision<SubmissionEvent> Correct(AdministrationState state, CorrectCommand? command = null) =>
        SubmissionRules.Correct(state, command ?? Correction(), SmallStream.Open);

    private static Decision<SubmissionEvent> Withdraw(AdministrationState state) =>
        SubmissionRules.Withdraw(state, new WithdrawCommand(SmallStream.Act(1), Id, "", "Wrong method"));

    private static Decision<SubmissionEvent> Erase(AdministrationState state, Guid? submission = null, bool isClosed = false, string reason = "Our right") =>
        SubmissionRules.Erase(
            state, new EraseCommand(SmallStream.Act(1), submission ?? Id, reason), SmallStream.Open, isClosed ? SmallStream.Open.ClosesAt : SmallStream.Open.ClosesAt.AddTicks(-1));
}
