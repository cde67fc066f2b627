using System.Globalization;
using Hub.Silo.Tests.Releases;
using Hub.V1;
using Xunit;

namespace Hub.Silo.Tests.Benchmarks;

/// <summary>
/// Attacks 3, 4 and 16 of the list in the design of privacy, on the RPCs alone: one member corrects or withdraws between two editions,
/// and somebody who sees both (a member the editions, a reviewer the drafts, one of them rejected) takes one total from the other. A
/// breach is an interval of the member's first value that is narrower than W = 10. The mutant is a Hub that forgot the first.
/// </summary>
public sealed class EditionAttackTests
{
    private const int Members = 24;
    private const decimal Width = 10m;

    // The attacked value lies at the lower limit, and is corrected to the upper one: no room is left on either side.
    private static readonly decimal[] First = [0m, .. Enumerable.Range(1, Members - 1).Select(i => 2.11m + (i * 4m))];

    public enum Change
    {
        Corrected,
        Withdrawn,
    }

    [Theory]
    [InlineData(Change.Corrected)]
    [InlineData(Change.Withdrawn)]
    public async Task Member_ComparingEditions_LearnsNothing(Change change)
    {
        await using var site = await ClosedAsync(First);
        var before = await PublishedAsync(site, 1);
        await ChangeAsync(site, change);
        var after = await PublishedAsync(site, 2);

        Assert.NotNull(Total(before, Members));
        Assert.False(IsBreach(Attack(before, after, change)));
    }

    [Theory]
    [InlineData(Change.Corrected)]
    [InlineData(Change.Withdrawn)]
    public async Task Reviewer_ComparingARejectedDraftWithTheNext_LearnsNothing(Change change)
    {
        await using var site = await ClosedAsync(First);
        var before = await site.ProposeComputedAsync();
        await site.ReviewAsync(before, Verdict.Return);
        await ChangeAsync(site, change);
        var after = await site.ProposeComputedAsync();

        Assert.NotNull(Total(before.Release, Members));
        Assert.False(IsBreach(Attack(before.Release, after.Release, change)));
    }

    /// <summary>Mutant: editions and drafts forgotten, as by a second Hub that is given the changed figures.</summary>
    [Theory]
    [InlineData(Change.Corrected)]
    [InlineData(Change.Withdrawn)]
    public async Task Anybody_WhereTheFirstIsForgotten_NarrowsTheMember(Change change)
    {
        await using var site = await ClosedAsync(First);
        var before = await site.ProposeComputedAsync();
        await using var forgetful = await ClosedAsync(change == Change.Corrected ? [100m, .. First[1..]] : First, forget: change == Change.Withdrawn);
        var after = await forgetful.ProposeComputedAsync();

        Assert.True(IsBreach(Attack(before.Release, after.Release, change)));
    }

    private static async Task<ReleaseSite> ClosedAsync(decimal[] values, bool forget = false)
    {
        var site = await ReleaseSite.StartAsync(Members);
        var submissions = await site.SubmitAsync(values);
        if (forget)
        {
            await site.WithdrawAsync(0, submissions[0]);
        }

        await site.CloseAsync();
        return site;
    }

    private static async Task ChangeAsync(ReleaseSite site, Change change)
    {
        var own = await site.Submissions.ListSubmissionsAsync(new ListSubmissionsRequest { Parent = "administrations/self" }, site.AsMember(0));
        if (change == Change.Corrected)
        {
            await site.CorrectAsync(0, own.Submissions[0], 100m);
        }
        else
        {
            await site.WithdrawAsync(0, own.Submissions[0]);
        }
    }

    private static async Task<Release> PublishedAsync(ReleaseSite site, int edition)
    {
        await site.PublishAsync();
        using var channel = site.Hub.Channel();
        var request = new GetReleaseRequest { Name = $"{ReleaseSite.Collection}/releases/{edition}" };
        return (await new V1.BenchmarkService.BenchmarkServiceClient(channel).GetReleaseAsync(request, site.AsMember(1))).Release;
    }

    private static bool IsBreach((decimal Low, decimal High)? interval) => interval is { } known && known.High - known.Low < Width;

    /// <summary>The member's first value, from the totals of `all`, their rounding and the legal range; null if a total is withheld.</summary>
    private static (decimal Low, decimal High)? Attack(Release before, Release after, Change change)
    {
        var first = Total(before, Members);
        var second = Total(after, change == Change.Corrected ? Members : Members - 1);
        if (first is not { } old || second is not { } renewed)
        {
            return null;
        }

        // What went: the value itself, or (its successor is at most 100) at most 100 less the rise.
        return change == Change.Withdrawn
            ? (Math.Max(0m, old.Low - renewed.High), Math.Min(100m, old.High - renewed.Low))
            : (0m, Math.Min(100m, 100m - (renewed.Low - old.High)));
    }

    private static (decimal Low, decimal High)? Total(Release release, int contributors)
    {
        var mean = release.Benchmarks.Single(b => b.Group == "groups/all").Figures.Single(f => f.Statistic == Statistic.Mean);
        if (mean.ContentCase != Figure.ContentOneofCase.Value)
        {
            return null;
        }

        var (value, half) = (Number(mean.Value.Value), Number(mean.Value.RoundingBase) / 2m);
        return (contributors * (value - half), contributors * (value + half));
    }

    private static decimal Number(Google.Type.Decimal text) => decimal.Parse(text.Value, CultureInfo.InvariantCulture);
}
