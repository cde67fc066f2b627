using Hub.Client;
using Hub.Silo.Access;
using Hub.SystemTests.Releases;
using Xunit;

namespace Hub.SystemTests.Simulation;

/// <summary>The acts on releases: proposed, reviewed, scheduled, opened, taken back; and what members may read of them.</summary>
public sealed partial class SimulationTests
{
    private static readonly string[] Persons = ["ada", "bo", "cy"];
    private TaskCompletionSource computing = Released();
    private int comparedFigures;

    private async Task ProposeAsync(int period, string person)
    {
        done.Add($"{person} proposes {period}");
        using var secretariat = hub.Person(person, Scopes.Review);
        if (IsOpen(period))
        {
            var refused = await Assert.ThrowsAsync<HubException>(() => secretariat.Releases.ProposeAsync(SyntheticCatalogue.Collection(period), "", cancellationToken: Cancellation));
            Assert.Equal(ErrorReason.CollectionOpen, refused.Reason);
            return;
        }

        computing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = await secretariat.Releases.ProposeAsync(SyntheticCatalogue.Collection(period), "", cancellationToken: Cancellation);
        model.Releases.Add(new ModelledRelease(asked.Name, period, person, model.LiveIn(period)));
        Assert.Equal(ReleaseState.Computing, asked.State);
        await MeanwhileAsync(period);
        // A computation that fails tries again by a clock that only the test moves.
        faults.Clear();
        computing.TrySetResult();
        await hub.ComputedAsync(asked.Name);
    }

    // What happens between the fence and the computation is not in it.
    private async Task MeanwhileAsync(int period)
    {
        switch (random.Next(4))
        {
            case 0:
                await ChangeAsync("meanwhile withdraw", (Codes[random.Next(Codes.Length)], period), WithdrawAsync);
                break;
            case 1:
                done.Add("meanwhile restart");
                faults.Clear();
                await hub.RestartAsync();
                break;
            default:
                // Of nearly all, so that the next edition may show it.
                foreach (var code in Codes.Where(c => model.Live(c, period) is not null)) await ChangeAsync("meanwhile correct", (code, period), CorrectAsync);
                break;
        }
    }

    // Only computations read a whole collection.
    private Task HoldComputationAsync(string topic, CancellationToken cancellationToken) =>
        topic.Contains("/releases/", StringComparison.Ordinal) ? Task.CompletedTask : computing.Task.WaitAsync(cancellationToken);

    private Task ActOnReleaseAsync()
    {
        if (model.Releases.Count == 0) return Task.CompletedTask;
        // The later the likelier, for these can still go on.
        var release = model.Releases[Math.Max(random.Next(model.Releases.Count), random.Next(model.Releases.Count))];
        return random.Next(8) switch
        {
            0 => TakeBackAsync(release),
            1 => ReviewAsync(release, AnyPerson(), Verdict.Return),
            2 => ScheduleAsync(release, TimeSpan.FromSeconds(random.Next(1, 300))),
            _ => release.StateAt(Now) == ReleaseState.Approved
                ? ScheduleAsync(release, TimeSpan.FromSeconds(random.Next(60, 300_000)))
                : ReviewAsync(release, AnyPerson(), Verdict.Approve),
        };
    }

    private async Task ReviewAsync(ModelledRelease release, string person, Verdict verdict)
    {
        done.Add($"{person} reviews {release.Name}: {verdict}");
        using var reviewer = hub.Person(person, Scopes.Review);
        var seen = await reviewer.Releases.GetAsync(release.Name, Cancellation);
        Assert.Equal(model.StateOf(release, Now), seen.State);
        var expected = !release.IsUnderReviewAt(Now) ? ErrorReason.ReleaseState
            : person == release.Proposer ? ErrorReason.ReviewByProposer
            : release.Approvals.Contains(person) ? ErrorReason.ReviewRepeated
            : (ErrorReason?)null;
        if (!await IsDoneAsync(() => reviewer.Releases.ReviewAsync(seen, verdict, "Looked at", cancellationToken: Cancellation), expected)) return;
        if (verdict == Verdict.Return) release.IsReturned = true;
        else release.Approvals.Add(person);
    }

    private async Task ScheduleAsync(ModelledRelease release, TimeSpan lead)
    {
        var publishTime = Now + lead;
        done.Add($"schedule {release.Name}");
        using var secretariat = hub.Operator();
        var expected = release.StateAt(Now) != ReleaseState.Approved ? ErrorReason.ReleaseState
            : lead < ModelledRelease.PublishLead ? ErrorReason.PublishTimeTooEarly
            : (ErrorReason?)null;
        if (await IsDoneAsync(() => secretariat.Releases.ScheduleAsync(release.Name, publishTime, cancellationToken: Cancellation), expected)) release.PublishTime = publishTime;
    }

    private async Task TakeBackAsync(ModelledRelease release)
    {
        var isOperator = random.Next(2) == 0;
        done.Add($"{(isOperator ? "operator" : "person")} takes back {release.Name}");
        using var somebody = isOperator ? hub.Operator() : hub.Person(AnyPerson(), Scopes.Review);
        var expected = release.StateAt(Now) is ReleaseState.Returned or ReleaseState.Withdrawn ? ErrorReason.ReleaseState
            : release.StateAt(Now) == ReleaseState.Published && !isOperator ? ErrorReason.ScopeInsufficient
            : (ErrorReason?)null;
        if (await IsDoneAsync(() => somebody.Releases.WithdrawAsync(release.Name, "A mistake", cancellationToken: Cancellation), expected)) release.WithdrawnAt = Now;
    }

    // Whatever chance has left under way goes on to its opening, so that there is something to read.
    private async Task FinishAsync()
    {
        if (Now < Deadline) time.SetUtcNow(Deadline);
        for (var period = 1; period <= Periods; period++) await ProposeAsync(period, AnyPerson());
        foreach (var release in model.Releases)
        {
            foreach (var person in Persons.Where(p => release.IsUnderReviewAt(Now) && p != release.Proposer && !release.Approvals.Contains(p)))
            {
                await ReviewAsync(release, person, Verdict.Approve);
            }

            if (release.StateAt(Now) == ReleaseState.Approved) await ScheduleAsync(release, ModelledRelease.PublishLead);
        }

        // One is taken back just before, and must never be seen.
        await TakeBackAsync(model.Releases[^1]);
        while (NextToOpen() is { } next) await OpenAsync(next);
    }

    private ModelledRelease? NextToOpen() => model.Releases.Where(r => r.StateAt(Now) == ReleaseState.Scheduled).MinBy(r => r.PublishTime);

    // To the last tick before its opening, and to that.
    private async Task OpenAsync(ModelledRelease next)
    {
        done.Add($"open {next.Name}");
        time.SetUtcNow(next.PublishTime!.Value.AddTicks(-1));
        await AgreeOnReleasesAsync();
        time.Advance(TimeSpan.FromTicks(1));
        await AgreeOnReleasesAsync();
    }

    private async Task AgreeOnReleasesAsync()
    {
        using var member = hub.Member(Codes[0]);
        for (var period = 1; period <= Periods; period++)
        {
            var collection = SyntheticCatalogue.Collection(period);
            var listed = await member.Benchmarks.ListReleasesAsync(collection, Cancellation).Select(r => (r.Name, r.State)).ToListAsync(Cancellation);
            Assert.Equal(model.OpenIn(period, Now).Select(r => (r.Name, model.StateOf(r, Now))), listed);
            await AgreeOnReleaseAsync(member, $"{collection}/releases/latest", model.Current(period, Now));
        }

        foreach (var release in model.Releases) await AgreeOnReleaseAsync(member, release.Name, release.WasOpenAt(Now) ? release : null);
    }

    private async Task AgreeOnReleaseAsync(HubClient member, string name, ModelledRelease? known)
    {
        if (known is null)
        {
            await HiddenAsync(() => member.Benchmarks.GetReleaseAsync(name, Cancellation));
            await HiddenAsync(() => member.Benchmarks.ExportReleaseAsync(name, Cancellation));
            await HiddenAsync(() => member.Benchmarks.GetBenchmarkAsync(name, SyntheticCatalogue.Indicator, cancellationToken: Cancellation));
            await HiddenAsync(() => member.Benchmarks.GetStandingAsync(name, SyntheticCatalogue.Indicator, cancellationToken: Cancellation));
            return;
        }

        var release = await member.Benchmarks.GetReleaseAsync(name, Cancellation);
        Assert.Equal((known.Name, model.StateOf(known, Now)), (release.Name, release.State));
        Assert.Equal(known.WithdrawnAt is not null, release.Benchmarks.Count == 0);
        foreach (var benchmark in release.Benchmarks) AgreeOnMean(known, benchmark);
    }

    // Whether it is shown at all is for the rules of protection; what is shown is the mean of what was live at the fence.
    private void AgreeOnMean(ModelledRelease known, Benchmark benchmark)
    {
        var half = benchmark.Group.Split('@')[0] switch
        {
            "groups/all" => Codes,
            "groups/region.A" => Codes[..12],
            "groups/region.B" => Codes[12..],
            _ => [],
        };
        if (half.Length == 0 || benchmark.Find(Statistic.Mean) is not PublishedFigure mean) return;
        var values = known.Values.Where(v => half.Contains(v.Key)).Select(v => v.Value).ToList();
        Assert.InRange(mean.Value, values.Average() - (mean.RoundingBase / 2), values.Average() + (mean.RoundingBase / 2));
        Assert.InRange(values.Count, benchmark.Contributors!.Min, benchmark.Contributors.Max ?? int.MaxValue);
        comparedFigures++;
    }

    private static async Task HiddenAsync(Func<Task> read) =>
        Assert.Equal(ErrorReason.NotFound, (await Assert.ThrowsAsync<HubException>(read)).Reason);

    private static async Task<bool> IsDoneAsync(Func<Task> act, ErrorReason? expected)
    {
        if (expected is null)
        {
            await act();
            return true;
        }

        Assert.Equal(expected, (await Assert.ThrowsAsync<HubException>(act)).Reason);
        return false;
    }

    private string AnyPerson() => Persons[random.Next(Persons.Length)];

    private static TaskCompletionSource Released()
    {
        var released = new TaskCompletionSource();
        released.SetResult();
        return released;
    }
}
