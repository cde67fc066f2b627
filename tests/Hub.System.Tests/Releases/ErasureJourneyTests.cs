using Hub.Client;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Releases;

/// <summary>An administration takes back what has been shown: through the SDK, as the member and as the operator who confirms it.</summary>
public sealed class ErasureJourneyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erasure_OfWhatWasShown_WaitsForTheOperatorAndIsThenDone()
    {
        await using var hub = await HubFixture.StartAsync();
        var code = (await Secretariat.SubmitAsync(hub))[0];
        await Secretariat.ProposeAsync(hub);
        using var member = hub.Member(code);
        using var secretariat = hub.Operator();
        var own = await member.Submissions.ListAsync(Secretariat.Collection, Cancellation).SingleAsync(Cancellation);

        var asked = await member.Submissions.EraseAsync(own, "Asked by our lawyers", cancellationToken: Cancellation);
        var pending = await secretariat.Submissions.ListErasuresAsync(Cancellation).SingleAsync(Cancellation);
        var act = Guid.NewGuid();
        var done = await secretariat.Submissions.ConfirmErasureAsync(pending, act, Cancellation);
        var repeated = await secretariat.Submissions.ConfirmErasureAsync(pending, act, Cancellation);

        Assert.Equal((SubmissionState.Live, true, "erasure-requested"), (asked.Submission.State, asked.Submission.IsErasureRequested, asked.Receipt.Kind));
        Assert.Equal(own.Figures, asked.Submission.Figures);
        Assert.Equal(new Erasure($"administrations/{code}", Secretariat.Collection, asked.Receipt.Time), pending);
        Assert.True(done > pending.RequestTime);
        Assert.Equal(done, repeated);
        Assert.Empty(await secretariat.Submissions.ListErasuresAsync(Cancellation).ToListAsync(Cancellation));
        var erased = await member.Submissions.GetAsync(own.Name, Cancellation);
        Assert.Equal((SubmissionState.Erased, 0), (erased.State, erased.Figures.Count));
    }

    [Fact]
    public async Task Erasure_BeforeAnythingWasShown_WaitsForNobody()
    {
        await using var hub = await HubFixture.StartAsync();
        var code = (await Secretariat.SubmitAsync(hub))[0];
        using var member = hub.Member(code);
        using var secretariat = hub.Operator();
        var own = await member.Submissions.ListAsync(cancellationToken: Cancellation).SingleAsync(Cancellation);

        var erased = await member.Submissions.EraseAsync(own, "Asked by our lawyers", cancellationToken: Cancellation);

        Assert.Equal((SubmissionState.Erased, false, "erased"), (erased.Submission.State, erased.Submission.IsErasureRequested, erased.Receipt.Kind));
        Assert.Empty(await secretariat.Submissions.ListErasuresAsync(Cancellation).ToListAsync(Cancellation));
        var notAsked = new Erasure($"administrations/{code}", Secretariat.Collection, null);
        var refused = await Assert.ThrowsAsync<HubException>(() => secretariat.Submissions.ConfirmErasureAsync(notAsked, cancellationToken: Cancellation));
        var asMember = await Assert.ThrowsAsync<HubException>(() => member.Submissions.ConfirmErasureAsync(notAsked, cancellationToken: Cancellation));
        Assert.Equal((ErrorReason.NotFound, ErrorReason.ScopeInsufficient), (refused.Reason, asMember.Reason));
    }
}
