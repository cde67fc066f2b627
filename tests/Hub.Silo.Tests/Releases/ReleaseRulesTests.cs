using Hub.Silo.Access;
using Hub.Silo.Releases;
using Hub.Silo.Tests.Disclosures;
using Xunit;

namespace Hub.Silo.Tests.Releases;

public sealed class ReleaseRulesTests
{
    // Who may do what, in which state: P the proposer, R another reviewer, O an operator. Written down here a second time.
    private const string Expected = """
        state      view approve return schedule withdraw
        Computing  PR   -       -      -        -
        Refused    PR   -       -      -        -
        Proposed   PR   R       R      -        PRO
        InReview   PR   R       R      -        PRO
        Returned   PR   -       -      -        -
        Approved   PR   -       -      O        PRO
        Scheduled  PR   -       -      -        PRO
        Published  PR   -       -      -        O
        Withdrawn  PR   -       -      -        -
        """;

    public static TheoryData<string, string, char, bool> Table()
    {
        var data = new TheoryData<string, string, char, bool>();
        var lines = Expected.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var row in lines.Skip(1))
        {
            foreach (var column in Enumerable.Range(1, lines[0].Length - 1))
            {
                foreach (var role in "PRO")
                {
                    data.Add(row[0], lines[0][column], role, row[column].Contains(role, StringComparison.Ordinal));
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Act_InEachStateByEachRole_IsAllowedAsTheTableSays(string state, string action, char role, bool isAllowed)
    {
        var status = Enum.Parse<ReleaseStatus>(state);
        var release = TestRelease.In(status);
        var now = TestRelease.TimeOf(status);
        Assert.Equal(status, release.State.StatusAt(now));

        var decision = Act(release.State, action, ActorOf(role), now);

        Assert.Equal(isAllowed, !decision.IsRefused);
    }

    [Fact]
    public void Approve_ByTheProposer_IsRefusedByName()
    {
        var refusal = Act(TestRelease.In(ReleaseStatus.Proposed).State, "approve", ActorOf('P'), TestLog.Start).Refusal!;

        Assert.Equal(ErrorReason.ReviewByProposer, refusal.Reason);
    }

    [Fact]
    public void Approve_ByTheProposerWhoIsAnOperatorToo_IsRefused()
    {
        var actor = new ReleaseActor(TestRelease.Proposer, IsReviewer: true, IsOperator: true);

        Assert.Equal(ErrorReason.ReviewByProposer, Act(TestRelease.In(ReleaseStatus.Proposed).State, "approve", actor, TestLog.Start).Refusal!.Reason);
    }

    [Fact]
    public void Approve_OneOfTwo_WaitsForTheOther()
    {
        Assert.IsType<Reviewed>(Act(TestRelease.In(ReleaseStatus.Proposed).State, "approve", ActorOf('R'), TestLog.Start).Value);

        var second = new ReleaseActor(TestRelease.Second, true, false);
        Assert.IsType<Approved>(Act(TestRelease.In(ReleaseStatus.InReview).State, "approve", second, TestLog.Start).Value);
    }

    [Fact]
    public void Approve_TwiceByOnePerson_IsRefused()
    {
        var again = new ReleaseActor(TestRelease.Reviewer, true, false);

        Assert.Equal(ErrorReason.ReviewRepeated, Act(TestRelease.In(ReleaseStatus.InReview).State, "approve", again, TestLog.Start).Refusal!.Reason);
    }

    [Fact]
    public void Approve_OnlyOneRequired_IsEnough() =>
        Assert.IsType<Approved>(Act(new TestRelease().Proposed().State, "approve", ActorOf('R'), TestLog.Start).Value);

    [Theory]
    [InlineData("", ErrorReason.FieldInvalid)]
    [InlineData("\"of-another-proposal\"", ErrorReason.EtagMismatch)]
    public void Review_WithoutTheEtagOfThisProposal_IsRefused(string etag, ErrorReason reason)
    {
        var command = new ReviewCommand(NewAct(), ActorOf('R'), (int)Verdict.Approve, "", etag);

        Assert.Equal(reason, ReleaseRules.Review(TestRelease.In(ReleaseStatus.Proposed).State, command, false, TestLog.Start).Refusal!.Reason);
    }

    [Theory]
    [InlineData(0, "Fine", "verdict")]
    [InlineData(2, " ", "comment")]
    public void Review_WithoutVerdictOrComment_NamesTheField(int verdict, string comment, string field)
    {
        var state = TestRelease.In(ReleaseStatus.Proposed).State;

        Assert.Equal(field, Assert.Single(ReleaseRules.Review(state, new ReviewCommand(NewAct(), ActorOf('R'), verdict, comment, state.Etag), false, TestLog.Start).Refusal!.Violations).Field);
    }

    [Theory]
    [InlineData(999, ErrorReason.PublishTimeTooEarly)]
    [InlineData(1000, null)]
    [InlineData(-5000, ErrorReason.PublishTimeTooEarly)]
    public void Schedule_NearerThanThePolicysLead_IsRefused(int milliseconds, ErrorReason? reason)
    {
        var command = new ScheduleCommand(NewAct(), ActorOf('O'), TestLog.Start.AddMilliseconds(milliseconds));

        var decision = ReleaseRules.Schedule(TestRelease.In(ReleaseStatus.Approved).State, command, false, TestLog.Start);

        Assert.Equal(reason, decision.Refusal?.Reason);
    }

    [Fact]
    public void ApproveAndSchedule_ContributionErasedSince_AreRefusedAndReturnIsNot()
    {
        var (proposed, approved) = (TestRelease.In(ReleaseStatus.Proposed).State, TestRelease.In(ReleaseStatus.Approved).State);
        var approval = new ReviewCommand(NewAct(), ActorOf('R'), (int)Verdict.Approve, "", proposed.Etag);
        var schedule = new ScheduleCommand(NewAct(), ActorOf('O'), TestLog.Start.AddDays(1));

        Assert.Equal(ErrorReason.CollectionErased, ReleaseRules.Review(proposed, approval, true, TestLog.Start).Refusal!.Reason);
        Assert.Equal(ErrorReason.CollectionErased, ReleaseRules.Schedule(approved, schedule, true, TestLog.Start).Refusal!.Reason);
        Assert.False(ReleaseRules.Review(proposed, approval with { Verdict = (int)Verdict.Return, Comment = "Erased" }, true, TestLog.Start).IsRefused);
    }

    [Fact]
    public void Schedule_WithoutATime_NamesTheField() => Assert.Equal(
        "publish_time",
        Assert.Single(ReleaseRules.Schedule(TestRelease.In(ReleaseStatus.Approved).State, new ScheduleCommand(NewAct(), ActorOf('O'), null), false, TestLog.Start).Refusal!.Violations).Field);

    [Fact]
    public void Act_InAStateThatDoesNotAllowIt_TellsTheState()
    {
        var refusal = Act(TestRelease.In(ReleaseStatus.InReview).State, "schedule", ActorOf('O'), TestLog.Start).Refusal!;

        Assert.Equal((ErrorReason.ReleaseState, "IN_REVIEW"), (refusal.Reason, refusal.Metadata["state"]));
    }

    [Fact]
    public void Refusal_InAnyState_NamesItAsTheWireDoes()
    {
        var names = Hub.V1.ReleaseReflection.Descriptor.EnumTypes.Single(e => e.Name == nameof(Hub.V1.ReleaseState));
        foreach (var status in Enum.GetValues<ReleaseStatus>().Except([ReleaseStatus.Approved, ReleaseStatus.Superseded]))
        {
            var refusal = Act(TestRelease.In(status).State, "schedule", ActorOf('O'), TestRelease.TimeOf(status)).Refusal!;
            Assert.Equal(names.FindValueByNumber((int)status).Name, $"RELEASE_STATE_{refusal.Metadata["state"]}");
        }
    }

    [Fact]
    public void Withdraw_PublishedByAReviewer_NeedsTheOperatorsScope()
    {
        var refusal = Act(TestRelease.In(ReleaseStatus.Published).State, "withdraw", ActorOf('R'), TestRelease.PublishTime).Refusal!;

        Assert.Equal((ErrorReason.ScopeInsufficient, Scopes.Operate), (refusal.Reason, refusal.Metadata["scope"]));
    }

    private static Decision<ReleaseEvent> Act(ReleaseState state, string action, ReleaseActor actor, DateTimeOffset now) => action switch
    {
        "view" => ReleaseRules.View(state, new ViewCommand(NewAct(), actor), now),
        "approve" => ReleaseRules.Review(state, new ReviewCommand(NewAct(), actor, (int)Verdict.Approve, "Fine", Etag(state)), false, now),
        "return" => ReleaseRules.Review(state, new ReviewCommand(NewAct(), actor, (int)Verdict.Return, "Not so", Etag(state)), false, now),
        "schedule" => ReleaseRules.Schedule(state, new ScheduleCommand(NewAct(), actor, now.AddDays(1)), false, now),
        "withdraw" => ReleaseRules.Withdraw(state, new WithdrawCommand(NewAct(), actor, "A mistake"), now),
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static string Etag(ReleaseState state) => state.Etag.Length > 0 ? state.Etag : "\"none\"";

    // The reviewer of the table has not voted yet.
    private static ReleaseActor ActorOf(char role) => role switch
    {
        'P' => new ReleaseActor(TestRelease.Proposer, IsReviewer: true, IsOperator: false),
        'R' => new ReleaseActor("di", IsReviewer: true, IsOperator: false),
        _ => new ReleaseActor(TestRelease.Operator, IsReviewer: false, IsOperator: true),
    };

    private static Act NewAct() => new(Guid.NewGuid(), [1], [2]);
}
