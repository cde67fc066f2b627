using Hub.Privacy;
using Hub.Silo.Releases;
using Hub.V1;
using Xunit;

namespace Hub.Silo.Tests.Releases;

public sealed class ReleaseJourneyTests
{
    private static readonly decimal[] Spread = [.. Enumerable.Range(0, 24).Select(i => 2m + i * 4m)];

    [Fact]
    public async Task Release_ProposedReviewedScheduled_OpensAtItsSecondWithItsFigures()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        await site.SubmitAsync(Spread);
        await site.CloseAsync();

        var asked = await site.ProposeAsync();
        Assert.Equal((V1.ReleaseState.Computing, $"{ReleaseSite.Collection}/releases/1"), (asked.State, asked.Name));

        var proposed = await site.ProposeComputedAsync();
        Assert.Equal($"{ReleaseSite.Collection}/releases/2", proposed.Name);
        Assert.Equal(V1.ReleaseState.Proposed, proposed.State);
        Assert.Equal(["groups/all", "groups/region.A@1", "groups/region.B@1"], proposed.Release.Benchmarks.Select(b => b.Group));

        var approved = await site.ReviewAsync(proposed);
        Assert.Equal(V1.ReleaseState.Approved, approved.State);
        Assert.Empty(approved.Release.Benchmarks);

        var publishTime = site.Time.GetUtcNow().AddSeconds(5);
        var scheduled = await site.ScheduleAsync(proposed.Name, publishTime);
        Assert.Equal(V1.ReleaseState.Scheduled, scheduled.State);
        site.Time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Null(site.Open.Find(ReleaseSite.Edition(2)));
        site.Time.Advance(TimeSpan.FromMilliseconds(1));

        var open = site.Open.Find(ReleaseSite.Edition(2))!;
        Assert.Equal((ReleaseStatus.Published, publishTime), (open.Status, open.PublishTime));
        Assert.Equal(48m, open.Content.Table.Find(ReleaseSite.Indicator)!.Cells[0].Find(Privacy.Statistic.Mean)!.Value);
        Assert.Same(open, site.Open.Latest(ReleaseSite.Collection));
    }
}
