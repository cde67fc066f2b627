using Hub.Client;
using Xunit;

namespace Hub.SystemTests.Client;

/// <summary>A release that claims an entry of the caller: by a log that tells each of its callers another history, under its own key.</summary>
public sealed class ContributionTests : IAsyncLifetime
{
    private FakeHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await FakeHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Release_OfTheSameLog_IsProved()
    {
        using var client = hub.Client();
        var (_, receipt) = await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);

        Assert.Equal(2, (await client.Benchmarks.ProveContributionAsync(Release(fence: 2), receipt, Cancellation)).Size);
    }

    [Fact]
    public async Task Release_OfATreeWithoutTheEntry_IsRefused()
    {
        using var client = hub.Client();
        var saved = (await client.Submissions.CreateAsync(Drafts.One(), Cancellation)).Receipt.ToJson();
        hub.Log.Rewrite();
        // One that remembers nothing has only the receipt against the release.
        using var later = hub.Client();

        var e = await Assert.ThrowsAsync<ReceiptRefusedException>(
            () => later.Benchmarks.ProveContributionAsync(Release(fence: 1), later.Ledger.Verify(saved), Cancellation));

        Assert.Equal(Transparency.ReceiptFailure.ProofInvalid, e.Failure);
    }

    [Fact]
    public async Task Release_OfAnotherHistoryWithTheEntry_IsCaught()
    {
        using var client = hub.Client();
        var (_, receipt) = await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Log.CutTo(1);
        using (var other = hub.Client()) await other.Submissions.CreateAsync(Drafts.One(), Cancellation);

        await Assert.ThrowsAsync<LogInconsistentException>(() => client.Benchmarks.ProveContributionAsync(Release(fence: 2), receipt, Cancellation));
    }

    private Release Release(long fence) => new()
    {
        Name = $"{Drafts.Collection}/releases/1",
        Collection = Drafts.Collection,
        Edition = 1,
        State = ReleaseState.Published,
        Fence = fence,
        Checkpoint = hub.Log.Checkpoint(),
    };
}
